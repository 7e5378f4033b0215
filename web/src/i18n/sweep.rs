//! The texts of the sweep.

use crate::messages;

messages! {
    /// Title.
    title: "Sweep", "매개변수 훑기";
}
