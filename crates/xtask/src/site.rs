//! A static file server for one folder on this machine, in the standard library alone.
//!
//! It answers `GET` and `HEAD`, one request a connection, never leaves its folder, and forbids caching so
//! that a reload always shows the latest build. It is for looking at the page, not for the open network: it
//! listens on the loopback address only.

use crate::shell::Outcome;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// A server that is listening.
pub(crate) struct Site {
    listener: TcpListener,
    folder: PathBuf,
}

impl Site {
    /// Listens on `port`, or on any free one if that is taken.
    pub(crate) fn listen(folder: PathBuf, port: u16) -> Outcome<Site> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .or_else(|_| TcpListener::bind(("127.0.0.1", 0)))
            .map_err(|error| format!("cannot listen on 127.0.0.1: {error}"))?;
        Ok(Site { listener, folder })
    }

    /// Where a browser finds it.
    pub(crate) fn address(&self) -> Outcome<String> {
        let address = self.listener.local_addr().map_err(|error| format!("no address: {error}"))?;
        Ok(format!("http://{address}/"))
    }

    /// Answers for ever, each connection on a thread of its own.
    pub(crate) fn serve(self) {
        for stream in self.listener.incoming().flatten() {
            let folder = self.folder.clone();
            thread::spawn(move || {
                // A browser that went away in mid-answer is its own affair.
                let _ = answer(&stream, &folder);
            });
        }
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head must be read before the answer, or closing the connection resets it.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, kind, body) = match (method, file_for(target, folder).map(|file| (fs::read(&file), file))) {
        ("GET" | "HEAD", Some((Ok(body), file))) => ("200 OK", media_type(&file), body),
        ("GET" | "HEAD", _) => {
            ("404 Not Found", "text/plain; charset=utf-8", b"There is no such file.\n".to_vec())
        }
        _ => ("405 Method Not Allowed", "text/plain; charset=utf-8", b"Only GET and HEAD.\n".to_vec()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if method == "GET" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file that a request's target names, or nothing where it would leave the folder.
fn file_for(target: &str, folder: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let plain = |part: &str| !part.starts_with('.') && !part.contains(['\\', ':', '%', '\0']);
    if !path.is_empty() && !path.split('/').all(|part| part.is_empty() || plain(part)) {
        return None;
    }
    let file =
        path.split('/').filter(|part| !part.is_empty()).fold(folder.to_owned(), |at, part| at.join(part));
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_finds_its_file_without_its_query() {
        let folder = Path::new("/site");
        assert_eq!(file_for("/worker.js?v=1", folder), Some("/site/worker.js".into()));
        assert_eq!(file_for("/snippets/a/b.js", folder), Some("/site/snippets/a/b.js".into()));
    }

    #[test]
    fn a_request_cannot_leave_the_folder() {
        let folder = Path::new("/site");
        for target in
            ["/../secret", "/a/../../secret", "/%2e%2e/secret", "/.git/config", "/c:/secret", "secret"]
        {
            assert_eq!(file_for(target, folder), None, "{target}");
        }
    }
}
