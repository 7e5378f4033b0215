//! How the page is built: trunk, with a build id that follows from the sources.

use crate::shell::{Outcome, command, root, run};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

/// How much work goes into the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finish {
    /// Compiled with the profile that ships, not shrunk any further: for this machine.
    Local,
    /// Shrunk by wasm-opt: for everyone.
    Shipped,
}

/// Where trunk leaves the site.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Builds the site into `dist/`, without the network once every crate is there, and says which build it is.
pub(crate) fn build(finish: Finish) -> Outcome<String> {
    tools::fetch_crates()?;
    let id = build_id()?;
    let mut trunk = command("trunk");
    trunk.args(["build", "--offline", "--locked"]).env("KERNELSCOPE_BUILD", &id);
    if finish == Finish::Shipped {
        trunk.arg("--release");
    }
    // Trunk takes only "true" and "false" here, and other programs' convention is "1".
    run(trunk.env_remove("NO_COLOR"))?;
    Ok(id)
}

/// Everything that decides what the built page is.
const SOURCES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates/session",
    "crates/share",
    "crates/sim",
    "index.html",
    "rust-toolchain.toml",
    "web",
];

/// Same sources, same id: twelve hexadecimal digits of FNV-1a over every source's path and content.
pub(crate) fn build_id() -> Outcome<String> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for path in source_files()? {
        let content = fs::read(root().join(&path))
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        feed(path.to_string_lossy().replace('\\', "/").as_bytes());
        feed(&(content.len() as u64).to_le_bytes());
        feed(&content);
    }
    Ok(format!("{:012x}", hash & 0xffff_ffff_ffff))
}

/// The sources, as paths from the root, in one order on every machine.
pub(crate) fn source_files() -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome {
    let full = root().join(path);
    if full.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(&full).map_err(|error| format!("cannot list {}: {error}", full.display()))?;
    for entry in entries {
        let name = entry.map_err(|error| format!("cannot list {}: {error}", full.display()))?.file_name();
        if !["tests", "benches", "target", "node_modules"].iter().any(|other| name == *other) {
            collect(&path.join(name), files)?;
        }
    }
    Ok(())
}
