//! The page.

fn main() {
    kernelscope_web::app::start();
}
