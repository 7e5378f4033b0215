//! `cargo xtask dist`: the finished site, and what it weighs.
//!
//! The budget is what a first visit downloads, each file gzipped by itself as a static host would send it.

use crate::shell::Outcome;
use crate::tools;
use crate::web::{self, Finish};
use miniz_oxide::deflate::compress_to_vec;
use std::fs;
use std::path::{Path, PathBuf};

/// What everything the page downloads should weigh, in bytes, gzipped: app, worker and styles.
pub(crate) const BUDGET: usize = 450 * 1000;

/// What it may weigh until it is down there. The page outgrew its budget with its first floor; from here the
/// bound only ever goes down, with the site.
const CEILING: usize = 770 * 1000;

pub(crate) fn dist() -> Outcome {
    tools::ensure(tools::TO_SHIP)?;
    web::build(Finish::Shipped)?;
    weigh()?;
    println!("the site is in dist/: copy it to any static host, under any path");
    Ok(())
}

/// What the built site downloads, gzipped.
pub(crate) fn weight() -> Outcome<usize> {
    Ok(parts()?.iter().map(|part| part.gzipped).sum())
}

/// Prints the weight of each part and fails where the sum is over the ceiling.
pub(crate) fn weigh() -> Outcome {
    let parts = parts()?;
    println!("{:>10} {:>10}  part", "bytes", "gzipped");
    for part in &parts {
        println!("{:>10} {:>10}  {}", part.plain, part.gzipped, part.name);
    }
    let total: usize = parts.iter().map(|part| part.gzipped).sum();
    println!("{:>10} {total:>10}  in all", parts.iter().map(|part| part.plain).sum::<usize>());
    if total > CEILING {
        return Err(format!("the site weighs {total} bytes gzipped; more than {CEILING} is not let through"));
    }
    if total > BUDGET {
        println!("this is {} bytes over the budget of {BUDGET}", total - BUDGET);
    }
    Ok(())
}

struct Part {
    name: &'static str,
    plain: usize,
    gzipped: usize,
}

fn parts() -> Outcome<Vec<Part>> {
    let mut parts = ["app", "worker", "styles", "the rest"]
        .map(|name| Part { name, plain: 0, gzipped: 0 })
        .into_iter()
        .collect::<Vec<_>>();
    for file in files(&web::dist_dir())? {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let part = if name.starts_with("app") {
            &mut parts[0]
        } else if name.starts_with("worker") {
            &mut parts[1]
        } else if name.ends_with(".css") {
            &mut parts[2]
        } else {
            &mut parts[3]
        };
        let content = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        part.plain += content.len();
        part.gzipped += gzipped(&content);
    }
    Ok(parts)
}

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
