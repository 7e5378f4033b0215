//! `kernelscope link`.

use std::io::Write;

use kernelscope_share::{file, link};

use crate::Failure;
use crate::args::Link;

/// Writes the link of a scenario, or the scenario of a link. What a link shows beside its scenario stays in it.
pub(crate) fn link(args: &Link, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    source.decode()?;
    if args.decode {
        write!(out, "{}", file::to_text(&file::tidy(&source.payload.document)))?;
    } else {
        let mark = if args.base.is_empty() { "" } else { "#" };
        writeln!(out, "{}{mark}{}", args.base, link::encode(&source.payload))?;
    }
    Ok(())
}
