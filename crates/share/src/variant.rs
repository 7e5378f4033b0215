//! One of several things in the same place, each with fields of its own: a policy of replacement, a mode of
//! translation. Written as its name, or as its name with the fields that are not as usual.

use serde_json::{Map, Value};

use crate::file::tagged;
use crate::lens::{Context, Reader, Row, read_object, write_object};
use crate::path::At;

/// One of them.
pub(crate) struct Variant<T: 'static> {
    /// Its name in files.
    pub(crate) name: &'static str,
    /// What it is where nothing is said about its fields.
    pub(crate) usual: T,
    /// Its fields.
    pub(crate) rows: &'static [Row<T>],
}

/// Reads one of the variants; none if it is none of them.
pub(crate) fn read<T: Clone>(
    reader: &mut Reader<'_>,
    variants: &[Variant<T>],
    value: &Value,
    at: At<'_>,
) -> Option<T> {
    let names: Vec<&str> = variants.iter().map(|variant| variant.name).collect();
    let (place, fields) = tagged(reader, value, at, &names)?;
    let Variant { name, usual, rows } = &variants[place];
    let mut own = usual.clone();
    if let Some(fields) = fields {
        read_object(reader, rows, &[], fields, at.field(name), &mut own);
    }
    Some(own)
}

impl<T> Variant<T> {
    /// Writes one that is of this variant.
    pub(crate) fn write(&self, own: &T, context: Context<'_>) -> Value {
        match write_object(self.rows, own, &self.usual, context) {
            fields if fields.is_empty() => self.name.into(),
            fields => Map::from_iter([(self.name.to_owned(), fields.into())]).into(),
        }
    }
}
