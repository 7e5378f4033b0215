//! What must be on the machine, at which version, and how it gets there.
//!
//! Each tool is one row. A row that is found at its pinned version, wherever it is, is left alone; a row
//! that is missing is installed into `.tools/` (or by the system's own installer), and a row that cannot
//! be installed ends the command with its remedy. Adding a tool is one row here and one name where a
//! command asks for it.

use crate::shell::{Outcome, command, output, root, run, tools_dir};
use std::fs;
use std::path::PathBuf;

/// One thing that must be there before a command can do its work.
pub(crate) struct Tool {
    /// The name and version, as people say it.
    pub(crate) name: &'static str,
    /// Whether it is there, at the right version.
    found: fn() -> bool,
    /// Gets it.
    install: fn() -> Outcome,
    /// How, and for how long.
    by: &'static str,
    /// What a person does where `install` cannot.
    remedy: &'static str,
}

/// The standard library for the browser; `rust-toolchain.toml` asks for it too, where rustup installs by itself.
pub(crate) const WASM_TARGET: Tool = Tool {
    name: "the wasm32-unknown-unknown target",
    found: || {
        let libraries = ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"];
        output(command("rustc").args(libraries)).is_some_and(|path| PathBuf::from(path.trim()).is_dir())
    },
    install: || run(command("rustup").args(["target", "add", "wasm32-unknown-unknown"])),
    by: "rustup, half a minute",
    remedy: "install rustup from https://rustup.rs and run `rustup target add wasm32-unknown-unknown`",
};

/// Builds the page. 0.22 wants a newer Rust than the one this project is pinned to.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk 0.21.14",
    found: || says("trunk", "trunk 0.21.14"),
    install: || cargo_install("trunk", "0.21.14"),
    by: "cargo install, from source: about 5 minutes on two cores",
    remedy: "run `cargo install --locked trunk --version 0.21.14`; it needs a C compiler and the network",
};

/// Must match the `wasm-bindgen` of `Cargo.toml` to the last digit.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli 0.2.126",
    found: || says("wasm-bindgen", "wasm-bindgen 0.2.126"),
    install: || cargo_install("wasm-bindgen-cli", "0.2.126"),
    by: "cargo install, from source: about 2 minutes on two cores",
    remedy: "run `cargo install --locked wasm-bindgen-cli --version 0.2.126`; it needs the network",
};

/// Makes the finished WebAssembly smaller. Distributions' own packages are too old for what rustc writes.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "binaryen 132 (wasm-opt)",
    found: || says("wasm-opt", "version 132"),
    install: || {
        let prefix = tools_dir();
        fs::create_dir_all(&prefix).map_err(|error| format!("cannot make {}: {error}", prefix.display()))?;
        run(command("npm")
            .args(["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"])
            .args(["--prefix", &prefix.display().to_string(), "binaryen@132.0.0"]))
    },
    by: "npm, half a minute",
    remedy: "put wasm-opt of binaryen 132 on PATH (https://github.com/WebAssembly/binaryen/releases)",
};

/// Checks licences, bans and sources of everything we depend on.
pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny 0.20.2",
    found: || says("cargo-deny", "cargo-deny 0.20.2"),
    install: || cargo_install("cargo-deny", "0.20.2"),
    by: "cargo install, from source: about 2 minutes on two cores",
    remedy: "run `cargo install --locked cargo-deny --version 0.20.2`; it needs the network",
};

/// Drives the browser tests and runs wasm-opt.
pub(crate) const NODE: Tool = Tool {
    name: "Node.js 20 or newer, with npm",
    found: || {
        let major =
            |version: String| version.trim().strip_prefix('v')?.split('.').next()?.parse::<u32>().ok();
        let node = output(command("node").arg("--version")).and_then(major);
        node.is_some_and(|major| major >= 20) && output(command("npm").arg("--version")).is_some()
    },
    install: || apt_install(&["nodejs", "npm"]),
    by: "apt-get, a minute",
    remedy: "install Node.js 20 or newer from https://nodejs.org",
};

/// Playwright and axe, at the versions of `web/tests/package-lock.json`.
pub(crate) const NODE_PACKAGES: Tool = Tool {
    name: "the browser tests' Node packages",
    found: || {
        let lock = |path: &str| fs::read(root().join("web/tests").join(path)).ok();
        lock("package-lock.json").is_some_and(|wanted| lock(INSTALLED_LOCK) == Some(wanted))
    },
    install: || {
        let tests = root().join("web/tests");
        run(command("npm").current_dir(&tests).args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]))?;
        fs::copy(tests.join("package-lock.json"), tests.join(INSTALLED_LOCK))
            .map_err(|error| format!("cannot note which packages are installed: {error}"))?;
        Ok(())
    },
    by: "npm ci, half a minute",
    remedy: "run `npm ci` in web/tests; it needs the network",
};

/// The lock file that `node_modules` was made from, kept inside it.
const INSTALLED_LOCK: &str = "node_modules/.installed-lock.json";

/// Any browser of the Chromium family; `web/tests/support/chromium.mjs` says where it is looked for.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium",
    found: || output(command("node").arg("web/tests/support/chromium.mjs")).is_some(),
    install: || apt_install(&["chromium"]),
    by: "apt-get, one or two minutes",
    remedy: "install Chromium or Chrome, or name one in the variable CHROMIUM",
};

/// Without one, Korean text is drawn as boxes and measures wrong.
pub(crate) const KOREAN_FONT: Tool = Tool {
    name: "a font with Hangul",
    found: || {
        !cfg!(target_os = "linux")
            || output(command("fc-list").arg(":lang=ko")).is_some_and(|fonts| !fonts.trim().is_empty())
    },
    install: || apt_install(&["fontconfig", "fonts-noto-cjk"]),
    by: "apt-get, one minute",
    remedy: "install a font with Hangul, for example Noto Sans CJK",
};

/// What building the page for this machine takes. No Node: a student needs cargo and nothing else.
pub(crate) const TO_SERVE: &[Tool] = &[WASM_TARGET, TRUNK, WASM_BINDGEN];
/// What the finished site takes.
pub(crate) const TO_SHIP: &[Tool] = &[WASM_TARGET, TRUNK, WASM_BINDGEN, NODE, WASM_OPT];
/// Everything.
pub(crate) const ALL: &[Tool] =
    &[WASM_TARGET, TRUNK, WASM_BINDGEN, NODE, WASM_OPT, CARGO_DENY, NODE_PACKAGES, CHROMIUM, KOREAN_FONT];

/// Installs what is missing, and says so before it takes anybody's time.
pub(crate) fn ensure(tools: &[Tool]) -> Outcome {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !(tool.found)()).collect();
    for tool in &missing {
        println!("installing {} ({})", tool.name, tool.by);
        let outcome = (tool.install)();
        if let Err(reason) = outcome {
            return Err(format!("{} is missing: {}\n  ({reason})", tool.name, tool.remedy));
        }
        if !(tool.found)() {
            return Err(format!("{} was installed but is not found: {}", tool.name, tool.remedy));
        }
    }
    Ok(())
}

/// Makes sure that every crate is on this machine, so that all that follows can run without the network.
pub(crate) fn fetch_crates() -> Outcome {
    run(command("cargo").args(["fetch", "--locked", "--quiet"]))
        .map_err(|reason| format!("the crates are not all here: connect to the network once\n  ({reason})"))
}

fn says(program: &str, version: &str) -> bool {
    output(command(program).arg("--version")).is_some_and(|line| {
        let rest = line.find(version).map(|at| &line[at + version.len()..]);
        rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit() || next == '.'))
    })
}

fn cargo_install(package: &str, version: &str) -> Outcome {
    let prefix = tools_dir().display().to_string();
    run(command("cargo")
        .args(["install", "--locked", "--force", "--root", &prefix, package])
        .args(["--version", version]))
}

fn apt_install(packages: &[&str]) -> Outcome {
    let is_root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if !is_root || output(command("apt-get").arg("--version")).is_none() {
        return Err("only root on a Debian-like system can have it installed by this command".into());
    }
    run(command("apt-get").args(["update", "--quiet=2"]))?;
    let quietly = ["install", "--yes", "--quiet=2", "--no-install-recommends"];
    run(command("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(quietly).args(packages))
}
