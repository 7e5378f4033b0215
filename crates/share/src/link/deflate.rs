//! Raw deflate with a dictionary (RFC 1951).

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::dictionary::DICTIONARY;

/// Why a stream cannot be unpacked.
pub(super) enum Failure {
    /// It is no deflate stream, or stops in the middle, or goes on behind its end.
    Damaged,
    /// More than the limit would come out.
    TooLarge,
}

/// The stream whose output, behind the dictionary, is `bytes`.
pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    const RAW: i32 = -15;
    const BEST: i32 = 10;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, 0));
    let mut feed = |bytes: &[u8], flush, output: &mut Vec<u8>| {
        let (status, taken) = compress_to_output(&mut compressor, bytes, flush, |piece| {
            output.extend_from_slice(piece);
            true
        });
        assert!(taken == bytes.len() && status != TDEFLStatus::BadParam, "deflating to memory cannot fail");
    };
    // A flush ends the dictionary's part on a whole byte; what follows may still refer back into it.
    feed(DICTIONARY, TDEFLFlush::Sync, &mut Vec::new());
    let mut stream = Vec::new();
    feed(bytes, TDEFLFlush::Finish, &mut stream);
    stream
}

/// What comes out of a stream behind the dictionary.
pub(super) fn unpack(stream: &[u8], limit: usize) -> Result<Vec<u8>, Failure> {
    let mut output = DICTIONARY.to_vec();
    let mut inflater = Box::<DecompressorOxide>::default();
    let (mut taken, mut filled) = (0, output.len());
    loop {
        // Small streams are the rule, and a bomb must not get its room at once.
        output.resize((output.len() * 2).min(DICTIONARY.len() + limit + 1), 0);
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut inflater, &stream[taken..], &mut output, filled, flags);
        (taken, filled) = (taken + read, filled + written);
        if filled > DICTIONARY.len() + limit {
            return Err(Failure::TooLarge);
        }
        match status {
            TINFLStatus::Done if taken == stream.len() => {
                output.truncate(filled);
                return Ok(output.split_off(DICTIONARY.len()));
            }
            TINFLStatus::HasMoreOutput => {}
            _ => return Err(Failure::Damaged),
        }
    }
}
