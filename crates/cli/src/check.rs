//! `kernelscope check`.

use std::io::Write;

use kernelscope_share::file::to_text;
use serde_json::Value;

use crate::Failure;
use crate::args::Check;
use crate::prose::Report;
use crate::source::Source;

/// Says of every source what is wrong with it, or that nothing is.
pub(crate) fn check(args: &Check, out: &mut impl Write) -> Result<(), Failure> {
    if args.json {
        return as_json(args, out);
    }
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

/// The same for another program: a list of the sources, each with a list of its problems.
fn as_json(args: &Check, out: &mut impl Write) -> Result<(), Failure> {
    let mut sources = Vec::new();
    let mut all_is_well = true;
    for from in &args.sources {
        match Source::read(from).and_then(|source| source.decode().map(|_| source)) {
            Ok(source) => sources.extend(Report::none(&source.name).as_json()),
            Err(Failure::Scenario(report)) => {
                all_is_well = false;
                sources.extend(report.as_json());
            }
            Err(other) => return Err(other),
        }
    }
    write!(out, "{}", to_text(&Value::Array(sources)))?;
    if all_is_well { Ok(()) } else { Err(Failure::Told) }
}
