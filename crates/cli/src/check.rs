//! `kernelscope check`.

use std::io::Write;

use crate::Failure;
use crate::args::Check;
use crate::prose::Report;
use crate::source::Source;

/// Says of every source what is wrong with it, or that nothing is.
pub(crate) fn check(args: &Check, out: &mut impl Write) -> Result<(), Failure> {
    let mut problems: Option<Report> = None;
    for from in &args.sources {
        match Source::read(from).and_then(|source| source.decode().map(|_| source)) {
            Ok(source) => writeln!(out, "{}: no problems", source.name)?,
            Err(Failure::Scenario(report)) => match &mut problems {
                Some(problems) => problems.append(report),
                None => problems = Some(report),
            },
            Err(other) => return Err(other),
        }
    }
    problems.map_or(Ok(()), |problems| Err(Failure::Scenario(problems)))
}
