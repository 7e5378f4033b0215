//! Child processes: where they run, which PATH they see, and how their failure reads.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a command comes to; the error is a sentence for the person at the terminal.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("xtask lives two folders below the root")
}

/// Where tools are installed that belong to this project alone.
pub(crate) fn tools_dir() -> PathBuf {
    root().join(".tools")
}

/// A command that runs at the root of the project and finds the project's own tools first.
pub(crate) fn command(program: &str) -> Command {
    let program = if cfg!(windows) && program == "npm" { "npm.cmd" } else { program };
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// Runs a command to its end, on the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| could_not_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words(command))) }
}

/// Runs a command to its end; what it says is shown only if it fails.
pub(crate) fn run_silently(command: &mut Command) -> Outcome {
    let output = command.output().map_err(|error| could_not_start(command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{}` failed ({})\n{said}", words(command), output.status))
}

/// Runs a command and shows every line it prints on standard output to `on_line` as well as to the terminal.
pub(crate) fn run_watched(command: &mut Command, mut on_line: impl FnMut(&str)) -> Outcome {
    run_quietly(command, |line| {
        println!("{line}");
        on_line(line);
    })
}

/// Runs a command and shows every line it prints on standard output to `on_line` alone.
pub(crate) fn run_quietly(command: &mut Command, mut on_line: impl FnMut(&str)) -> Outcome {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| could_not_start(command, &error))?;
    let output = child.stdout.take().ok_or("the child has no standard output")?;
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| format!("cannot read what `{}` says: {error}", words(command)))?;
        on_line(&line);
    }
    let status = child.wait().map_err(|error| format!("cannot wait for `{}`: {error}", words(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words(command))) }
}

/// What a command prints on standard output, if it can be started and succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub(crate) fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn could_not_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start `{}`: {error}", words(command))
}

fn search_path() -> OsString {
    let own = [tools_dir().join("bin"), tools_dir().join("node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
}
