//! Splits the page that trunk has just built into what a first visit needs and the rooms that are fetched when
//! they are entered (see `web/src/rooms.rs`). Trunk calls this after every build, as a hook.
//!
//! Trunk's own wasm-bindgen has worked on the whole program; here the linker's output is cut along its split
//! points, and wasm-bindgen goes over the main part once more. Names keep the hash that trunk gave them.

use crate::shell::{Outcome, command, run_silently};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, SplitWasm, transform};

/// What rustc uses of WebAssembly beyond its first version; wasm-opt must know of it.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Splits the page in trunk's staging folder.
pub(crate) fn split() -> Outcome {
    let staging = PathBuf::from(
        env::var_os("TRUNK_STAGING_DIR").ok_or("this is called by trunk, after a build; see Trunk.toml")?,
    );
    let shipped = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let app = name_of_app(&staging)?;
    let linked = linked_app()?;
    let work = linked.with_file_name("rooms");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(|error| format!("cannot clear {}: {error}", work.display()))?;
    }

    let split = cut(&linked, &work, &app)?;
    bind(&work, &app)?;
    let link = format!("{app}-rooms.js");
    let mut loader = read_text(&work.join(&link))?;
    for module in &split.split_modules {
        let stem = module.file_stem().and_then(|stem| stem.to_str()).ok_or("a module without a name")?;
        let file = format!("{app}-{}.wasm", served_as(stem, &split));
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{file}\""));
        finish(module, &staging.join(file), shipped)?;
    }
    write(&staging.join(link), loader.as_bytes())?;
    finish(&work.join(format!("bound/{app}_bg.wasm")), &staging.join(format!("{app}_bg.wasm")), shipped)?;
    let script = format!("{app}.js");
    write(&staging.join(&script), read_text(&work.join("bound").join(&script))?.as_bytes())
}

/// Cuts the program into its main part, `APP.wasm`, the wings, and what several wings share.
fn cut(linked: &Path, work: &Path, app: &str) -> Outcome<SplitWasm> {
    let program = fs::read(linked).map_err(|error| format!("cannot read {}: {error}", linked.display()))?;
    let (main_out, main_module) = (work.join(format!("{app}.wasm")), format!("./{app}.js"));
    let link_name = format!("./{app}-rooms.js");
    let mut options = Options::new(&program);
    options.output_dir = work;
    options.main_out_path = &main_out;
    options.main_module = &main_module;
    options.link_name = &link_name;
    transform(options).map_err(|error| format!("the page cannot be split: {error:#}"))
}

/// What a module is called where it is served: a wing by its name, a part that wings share by theirs.
fn served_as(stem: &str, split: &SplitWasm) -> String {
    if let Some(wing) = stem.strip_prefix("split_") {
        return wing.to_owned();
    }
    let mut wings: Vec<&str> = split
        .prefetch_map
        .iter()
        .filter(|(_, modules)| modules.iter().any(|module| module == stem))
        .map(|(wing, _)| wing.as_str())
        .collect();
    wings.sort_unstable();
    wings.join("-")
}

/// Makes the main part's JavaScript, as trunk does; the wings also need what the linker exports.
fn bind(work: &Path, app: &str) -> Outcome {
    run_silently(
        command("wasm-bindgen")
            .args(["--target", "web", "--keep-lld-exports", "--no-typescript", "--out-name", app])
            .arg("--out-dir")
            .arg(work.join("bound"))
            .arg(work.join(format!("{app}.wasm"))),
    )
}

/// Puts a module where it is served from, as small as it gets if it is for everyone.
fn finish(from: &Path, to: &Path, shipped: bool) -> Outcome {
    if shipped {
        // Neighbours by name are alike, which deflate likes.
        let smaller = ["-Oz", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"];
        return run_silently(command("wasm-opt").args(FEATURES).args(smaller).arg(from).arg("-o").arg(to));
    }
    fs::copy(from, to).map(drop).map_err(|error| format!("cannot write {}: {error}", to.display()))
}

/// `app-HASH`: what the page's files are called in this build.
fn name_of_app(staging: &Path) -> Outcome<String> {
    let entries =
        fs::read_dir(staging).map_err(|error| format!("cannot list {}: {error}", staging.display()))?;
    let mut names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names
        .find_map(|name| {
            name.strip_suffix("_bg.wasm").filter(|name| name.starts_with("app-")).map(str::to_owned)
        })
        .ok_or_else(|| format!("trunk has left no page in {}", staging.display()))
}

/// The page as the linker left it, in the folder where this program was built too.
fn linked_app() -> Outcome<PathBuf> {
    let here = env::current_exe().map_err(|error| format!("cannot tell where xtask is: {error}"))?;
    let target = here.ancestors().nth(2).ok_or("xtask is not in a target folder")?;
    Ok(target.join("wasm32-unknown-unknown/web/app.wasm"))
}

fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn write(path: &Path, content: &[u8]) -> Outcome {
    fs::write(path, content).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
