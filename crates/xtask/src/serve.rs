//! `cargo xtask serve`: from a fresh clone to the page in a browser, and again whenever a source changes.

use crate::shell::{Outcome, command, output};
use crate::site::Site;
use crate::tools;
use crate::web::{self, Finish};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

/// The port we ask for first, so that a reload after a restart finds the same place.
const PORT: u16 = 8080;

pub(crate) fn serve(options: &[&str]) -> Outcome {
    let options = Options::parse(options)?;
    tools::ensure(tools::TO_SERVE)?;
    let first = if web::dist_dir().is_dir() {
        ""
    } else {
        " (for the first time: two or three minutes on two cores)"
    };
    println!("building the page{first}");
    let built = build_timed()?;
    let site = Site::listen(web::dist_dir(), options.port)?;
    let address = site.address()?;
    thread::spawn(move || site.serve());
    println!("\n  Kernelscope is at {address}\n\n  Ctrl+C ends it; a change to a source rebuilds it.\n");
    if options.open && !open_browser(&address) {
        println!("  (no browser was found here: open that address yourself)\n");
    }
    rebuild_on_change(built)
}

struct Options {
    port: u16,
    open: bool,
}

impl Options {
    fn parse(mut words: &[&str]) -> Outcome<Options> {
        let mut options = Options { port: PORT, open: true };
        loop {
            words = match words {
                [] => return Ok(options),
                ["--no-open", rest @ ..] => {
                    options.open = false;
                    rest
                }
                ["--port", port, rest @ ..] => {
                    options.port =
                        port.parse().map_err(|_| format!("--port wants a number up to 65535, not {port}"))?;
                    rest
                }
                [other, ..] => {
                    return Err(format!("serve has no option {other}; it has --port N and --no-open"));
                }
            };
        }
    }
}

fn build_timed() -> Outcome<String> {
    let start = Instant::now();
    let built = web::build(Finish::Local)?;
    println!("built in {:.0} s", start.elapsed().as_secs_f64());
    Ok(built)
}

/// Looks at the sources once a second. A build that fails leaves the last good page in place.
fn rebuild_on_change(mut built: String) -> ! {
    loop {
        thread::sleep(Duration::from_secs(1));
        // An editor may be half-way through saving: a file that cannot be read now is looked at again.
        let Ok(now) = web::build_id() else { continue };
        if now != built {
            built = now;
            println!("a source changed: building again");
            match build_timed() {
                Ok(_) => println!("reload the page to see it"),
                Err(reason) => println!("{reason}; the last good page is still served"),
            }
        }
    }
}

/// Opens the system's browser, where there is a screen to open it on.
fn open_browser(address: &str) -> bool {
    let opener: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["cmd", "/C", "start", ""]
    } else if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
        &["xdg-open"]
    } else {
        return false;
    };
    output(command(opener[0]).args(&opener[1..]).arg(address).stdin(Stdio::null())).is_some()
}
