//! The texts about machines that translate addresses and do nothing else.

use crate::messages;

messages! {
    /// What translates where nothing else happens.
    translation: "Translation", "주소 변환";
    /// What such a machine does not do.
    only_translates:
        "This machine translates addresses and does nothing else: nothing is allocated, and no fault is repaired.",
        "이 기계는 주소를 변환하기만 한다. 아무것도 할당하지 않고, 폴트를 고치지도 않는다.";
    /// A segment.
    segment: "Segment", "세그먼트";
    /// Its base register.
    base: "Base", "베이스";
    /// Its bounds register.
    bounds: "Bounds", "바운드";
    /// Which way it grows.
    grows: "Grows", "자라는 방향";
    /// To larger addresses.
    grows_up: "up", "위로";
    /// To smaller addresses.
    grows_down: "down", "아래로";
    /// The picture of it.
    physical_memory(bytes: u32): "Physical memory, {bytes} bytes", "물리 메모리 {bytes}바이트";
    /// The byte at the physical address.
    byte_there(value: &str): "the byte there is {value}", "그곳의 바이트는 {value}";
    /// The picture of what a program sees.
    address_space(bytes: u64): "Address space, {bytes} bytes", "주소 공간 {bytes}바이트";
    /// Where the picture's mark stands.
    marked(at: u64): "at the mark: {at}", "표시된 곳: {at}";
    /// The register that leads to the top table.
    pdbr(frame: u32): "Page-directory base register: frame {frame}", "페이지 디렉터리 베이스 레지스터: 프레임 {frame}";
    /// What the access reads of memory.
    on_the_way: "Read on the way", "가는 길에 읽은 것";
    /// Nothing yet.
    nothing_read: "Nothing has been read yet.", "아직 읽은 것이 없다.";
    /// An entry of a table.
    entry_read(frame: u32, index: u16, value: &str): "frame {frame}, entry {index}: {value}", "프레임 {frame}, 항목 {index}: {value}";
    /// The byte that is meant.
    byte_read(frame: u32, offset: u32, value: &str): "frame {frame}, offset {offset}: {value}", "프레임 {frame}, 오프셋 {offset}: {value}";
    /// Valid bit off.
    entry_not_valid: "not valid", "무효";
    /// The top bits of an address.
    segment_bit: "segment", "세그먼트";
    /// The access went well.
    went_well: "Valid", "유효";
    /// It did not.
    violates: "Violation", "위반";
    /// The frame that a row is.
    frame_row: "Frame", "프레임";
}
