//! `cargo xtask …`: the project's own commands, in Rust so that they run wherever cargo does.
//!
//! | command | does |
//! |---|---|
//! | `serve` | installs what is missing, builds the page, serves it, opens a browser |
//! | `test`  | runs every check there is and ends with one line of totals |
//! | `dist`  | leaves the finished site in `dist/` and weighs it |
//! | `bless` | writes down what the golden scenarios come to now, to be read in the diff |
//! | `bench` | prints the budgets, each measurement beside its target |
//! | `setup` | installs everything the other commands would install on the way |
//! | `rooms` | splits the page that trunk has built; trunk's own hook calls it |
//!
//! One concept a file: [`tools`] knows what must be installed and how, [`web`] how the page is built,
//! and each command is a module of its own name.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks on its standard streams"
)]

mod bench;
mod dist;
mod house;
mod parity;
mod rooms;
mod serve;
mod shell;
mod site;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N] [--no-open]     build the page, serve it on this machine, open a browser
  test [--only STEP] [--skip STEP] run every check (repeat the options for several steps)
  dist                             leave the finished site in dist/, and weigh it
  bless                            write down what the golden scenarios come to now, and the palette's styles
  bench [NAME …]                   measure the budgets; the name page means those of the site
  setup                            install everything that serve and test need
  rooms                            split a page that was just built (trunk calls this)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["serve", options @ ..] => serve::serve(options),
        ["test", options @ ..] => test::test(options),
        ["dist"] => dist::dist(),
        ["bench", names @ ..] => bench::bench(names),
        ["bless"] => test::bless(),
        ["rooms"] => rooms::split(),
        ["setup"] => tools::ensure(tools::ALL),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("this command is not known\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
