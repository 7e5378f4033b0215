//! `cargo xtask dist`: the finished site, and what it weighs.
//!
//! Each file is gzipped by itself, as a static host would send it. What must be there before time can be played
//! has the budget of the design; a first visit fetches a wing more (see `web/src/rooms.rs`); everything else
//! comes when it is asked for.

use crate::shell::Outcome;
use crate::tools;
use crate::web::{self, Finish};
use miniz_oxide::deflate::compress_to_vec;
use std::fs;
use std::path::{Path, PathBuf};

/// What may be downloaded until time can be played, in bytes, gzipped: app, worker and styles.
pub(crate) const BUDGET: usize = 450 * 1000;

pub(crate) fn dist() -> Outcome {
    tools::ensure(tools::TO_SHIP)?;
    web::build(Finish::Shipped)?;
    weigh()?;
    println!("the site is in dist/: copy it to any static host, under any path");
    Ok(())
}

/// What the built site downloads until time can be played, gzipped.
pub(crate) fn weight() -> Outcome<usize> {
    Ok(until(&parts()?, When::ToPlay))
}

/// Prints the weight of each part and fails where what has been downloaded by some time is over its ceiling.
pub(crate) fn weigh() -> Outcome {
    let parts = parts()?;
    println!("{:>10} {:>10}  part", "bytes", "gzipped");
    let mut too_heavy = Vec::new();
    for when in [When::ToPlay, When::FirstVisit, When::Asked] {
        for part in parts.iter().filter(|part| part.when == when) {
            println!("{:>10} {:>10}  {}", part.plain, part.gzipped, part.name);
        }
        let weight = until(&parts, when);
        println!("{:>10} {weight:>10}  = {}", "", when.words());
        if weight > when.ceiling() {
            too_heavy.push(format!("{weight} bytes {}; {} are let through", when.words(), when.ceiling()));
        }
    }
    let weight = until(&parts, When::ToPlay);
    if weight > BUDGET {
        println!("{} bytes {} are over the budget of {BUDGET}", weight - BUDGET, When::ToPlay.words());
    }
    if too_heavy.is_empty() { Ok(()) } else { Err(too_heavy.join("\n")) }
}

/// When a part of the site is downloaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    ToPlay,
    FirstVisit,
    Asked,
}

impl When {
    /// What all that has been downloaded by then may weigh as long as the budget is not met: just above what it does.
    /// Only a machine that can do more is a reason to let more through.
    fn ceiling(self) -> usize {
        match self {
            When::ToPlay => 581 * 1000,
            When::FirstVisit => 684 * 1000,
            When::Asked => 1_270 * 1000,
        }
    }

    fn words(self) -> &'static str {
        match self {
            When::ToPlay => "until time can be played",
            When::FirstVisit => "in a first visit",
            When::Asked => "with everything that can be asked for",
        }
    }
}

struct Part {
    name: String,
    when: When,
    plain: usize,
    gzipped: usize,
}

fn until(parts: &[Part], when: When) -> usize {
    parts.iter().filter(|part| part.when <= when).map(|part| part.gzipped).sum()
}

fn parts() -> Outcome<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for file in files(&web::dist_dir())? {
        let (name, when) = part_of(&file);
        let content = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let at = parts.iter().position(|part| part.name == name).unwrap_or_else(|| {
            parts.push(Part { name, when, plain: 0, gzipped: 0 });
            parts.len() - 1
        });
        parts[at].plain += content.len();
        parts[at].gzipped += gzipped(&content);
    }
    parts.sort_by(|a, b| (a.when, &a.name).cmp(&(b.when, &b.name)));
    Ok(parts)
}

/// The part of the site that a file belongs to.
fn part_of(file: &Path) -> (String, When) {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let wings = name.strip_suffix(".wasm").and_then(|name| name.strip_prefix("app-")?.split_once('-'));
    let (part, when) = match wings {
        Some((_, wings)) if wings.contains(FIRST_WING) => (FIRST_WING, When::FirstVisit),
        Some((_, wings)) if wings.contains('-') => ("what several wings share", When::Asked),
        Some((_, wing)) => (wing, When::Asked),
        None if file.parent().is_some_and(|folder| folder.ends_with("lessons")) => ("lessons", When::Asked),
        None if name.starts_with("app") => ("app", When::ToPlay),
        None if name.starts_with("worker_full") => ("worker with memory", When::Asked),
        None if name.starts_with("worker") => ("worker", When::ToPlay),
        None if name.ends_with(".css") => ("styles", When::ToPlay),
        None => ("start page, icon", When::ToPlay),
    };
    (part.to_owned(), when)
}

/// The wing that every visit fetches, as soon as the page runs.
const FIRST_WING: &str = "desk";

/// Deflated at the level static hosts use for stored files, with gzip's ten bytes before and eight after.
fn gzipped(content: &[u8]) -> usize {
    compress_to_vec(content, 9).len() + 18
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
