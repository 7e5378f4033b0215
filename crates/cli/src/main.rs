//! `kernelscope`: the engine in a shell.
//!
//! Every command reads a scenario from a file, from a link or from standard input, and writes its result to standard
//! output; what is wrong goes to standard error. It ends with 0 when all went well, with 1 when there are problems in
//! a scenario, and with 2 when it was called wrongly or could not read or write.

mod args;
mod check;
mod compare;
mod gantt;
mod link;
mod locate;
mod metric;
mod outcome;
mod prose;
mod run;
mod source;
mod svg;
mod sweep;
mod table;
mod trace;
mod weave;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};
use crate::prose::Report;

/// Why a command did not do what it should.
enum Failure {
    /// Problems in a scenario.
    Scenario(Report),
    /// Problems in a scenario that were told on standard output.
    Told,
    /// It was called wrongly, or something could not be read.
    Usage(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &args.command {
        Command::Run(run) => run::run(run, &mut out),
        Command::Check(check) => check::check(check, &mut out),
        Command::Link(link) => link::link(link, &mut out),
        Command::Compare(compare) => compare::compare(compare, &mut out),
        Command::Sweep(sweep) => sweep::sweep(sweep, &mut out),
        Command::Trace(trace) => trace::trace(trace, &mut out),
    };
    let done = done.and_then(|()| Ok(out.flush()?));
    let (message, code) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        // Whoever reads the output has seen enough of it.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Failure::Output(error)) => (format!("kernelscope: {error}\n"), 2),
        Err(Failure::Usage(message)) => (format!("kernelscope: {message}\n"), 2),
        Err(Failure::Scenario(report)) => (report.to_string(), 1),
        Err(Failure::Told) => (String::new(), 1),
    };
    // There is nobody left to tell if this fails as well.
    let _told = io::stderr().write_all(message.as_bytes());
    ExitCode::from(code)
}
