//! What the commands write, case by case, as files.
//!
//! A case is a file in `tests/cases`: the command after `$ `, then what it must write and how it must end. Commands run
//! in `tests/scenarios`. Fingerprints are not compared here: parity tests do that. `cargo xtask bless` writes down what
//! the commands write now.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[test]
fn every_command_writes_what_its_case_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let bless = std::env::var_os("BLESS").is_some();
    let mut paths: Vec<_> = fs::read_dir(root.join("cases"))
        .expect("there are cases")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in &paths {
        let case = fs::read_to_string(path).expect("a case is text");
        let written = transcript(&case, &root.join("scenarios"));
        if bless {
            fs::write(path, &written).expect("a case can be written");
        } else if written != case {
            wrong.push(format!("{}: expected\n{case}\nbut got\n{written}", path.display()));
        }
    }
    assert!(!paths.is_empty());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The case with what its commands write now.
fn transcript(case: &str, folder: &Path) -> String {
    let mut transcript = String::new();
    for command in case.lines().filter(|line| line.starts_with("$ ")) {
        let output = run(command.trim_start_matches("$ "), folder);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the output is text");
        let code = output.status.code().expect("it was not killed");
        let written = text(&output.stdout) + &text(&output.stderr);
        transcript += &format!("{command}\n{}", without_fingerprints(&written));
        transcript += &if code == 0 { "\n".to_owned() } else { format!("[ends with {code}]\n\n") };
    }
    transcript
}

fn without_fingerprints(text: &str) -> String {
    let is_fingerprint = |part: &str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let masked = |part| if is_fingerprint(part) { "…" } else { part };
    text.split('"').map(masked).collect::<Vec<_>>().join("\"")
}

/// Runs `kernelscope …` or `kernelscope … | kernelscope …`.
fn run(line: &str, folder: &Path) -> Output {
    let mut input = Vec::new();
    let mut output = None;
    for command in line.split(" | ") {
        let mut words = words(command).into_iter();
        assert_eq!(words.next().as_deref(), Some("kernelscope"), "{line}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_kernelscope"))
            .args(words)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("it has an input");
        // A command that does not read its input closes it.
        let _unread = stdin.write_all(&input);
        drop(stdin);
        let done = child.wait_with_output().expect("it ends");
        input.clone_from(&done.stdout);
        output = Some(done);
    }
    output.expect("there is a command")
}

/// Words, of which those in single quotes may hold blanks.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in command.split('\'').enumerate() {
        match place % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
