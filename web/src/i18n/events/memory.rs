//! The sentences about memory. They join the table of [`super`]; the same rules hold for them.

/// Adds them to the sentences that are given to `$then`.
macro_rules! with_memory {
    ($then:ident; $($others:tt)*) => {
        $then! {
            $($others)*

    BlockPageIn:
        "{task} blocks: the disk reads its page until {until}",
        "{task:이} 대기한다: 디스크가 {until}까지 그 페이지를 읽는다";
    BlockPageInQueued:
        "{task} blocks and queues for the disk, to have its page read",
        "{task:이} 페이지를 읽으려고 디스크의 큐에 서서 대기한다";
    BlockPageOut:
        "{task} blocks: the disk writes pages for it until {until}",
        "{task:이} 대기한다: 디스크가 {until}까지 페이지를 쓴다";
    BlockPageOutQueued:
        "{task} blocks until pages have been written",
        "{task:이} 페이지가 다 쓰일 때까지 대기한다";
    BlockFrame:
        "{task} blocks: it needs a free frame",
        "{task:이} 대기한다: 빈 프레임이 필요하다";
    BlockWork:
        "{task} sleeps: enough frames are free",
        "{task:이} 잠든다: 빈 프레임이 넉넉하다";
    WakePageIn:
        "{task} wakes after {waited}: its page is there",
        "{task:이} {waited} 만에 깨어난다: 페이지가 들어왔다";
    WakePageOut:
        "{task} wakes after {waited}: the write is done",
        "{task:이} {waited} 만에 깨어난다: 쓰기가 끝났다";
    WakeFrame:
        "{task} wakes after {waited}: a frame is free",
        "{task:이} {waited} 만에 깨어난다: 빈 프레임이 생겼다";
    WakeWork:
        "{task} wakes after {waited}: frames run short",
        "{task:이} {waited} 만에 깨어난다: 프레임이 모자란다";
    EntryPageFault:
        "Page fault: the hardware saves the user registers of {task} and enters the kernel",
        "페이지 폴트: 하드웨어가 {task}의 사용자 레지스터를 저장하고 커널로 들어간다";
    EntryTlbMiss:
        "TLB miss: the hardware saves the user registers of {task} and enters the kernel",
        "TLB 미스: 하드웨어가 {task}의 사용자 레지스터를 저장하고 커널로 들어간다";
    TlbHit:
        "TLB: {page} is there",
        "TLB: {page:이} 있다";
    TlbMiss:
        "TLB: {page} is not there",
        "TLB: {page:이} 없다";
    WalkValid:
        "Page table, level {level}: entry {index} is valid",
        "페이지 테이블 {level}단계: {index}번 항목이 유효하다";
    WalkInvalid:
        "Page table, level {level}: entry {index} is not valid",
        "페이지 테이블 {level}단계: {index}번 항목이 유효하지 않다";
    TlbInsert:
        "The translation of {page} enters the TLB in place {place}",
        "{page}의 변환이 TLB {place}번 자리에 들어간다";
    TlbReplace:
        "The translation of {page} enters the TLB in place {place}; another gives way",
        "{page}의 변환이 TLB {place}번 자리의 것을 밀어내고 들어간다";
    Dirtied:
        "The first store to {page}: the dirty bit is set",
        "{page}에 처음 쓴다: 더티 비트가 켜진다";
    ReferenceHit:
        "{task}: {access} at {va}, {frame}; TLB hit",
        "{task}: {va} {access}, {frame}; TLB 적중";
    ReferenceMiss:
        "{task}: {access} at {va}, {frame}; no TLB hit",
        "{task}: {va} {access}, {frame}; TLB 적중 아님";
    SegmentUp:
        "The top bit is 0: segment 0, which grows up from its base",
        "최상위 비트가 0: 베이스에서 위로 자라는 세그먼트 0번";
    SegmentDown:
        "The top bit is 1: segment 1, which grows down from its base",
        "최상위 비트가 1: 베이스에서 아래로 자라는 세그먼트 1번";
    BoundsWithin:
        "{distance} bytes from the base, the bounds register holds {limit}: within",
        "베이스에서 {distance}바이트, 바운드 레지스터는 {limit}: 범위 안이다";
    BoundsBeyond:
        "{distance} bytes from the base, the bounds register holds {limit}: beyond",
        "베이스에서 {distance}바이트, 바운드 레지스터는 {limit}: 범위를 벗어난다";
    EntryValid:
        "Page table, level {level}: entry {index} at {at} says {value}; valid",
        "페이지 테이블 {level}단계: {at}에 있는 {index}번 항목은 {value}, 유효하다";
    EntryInvalid:
        "Page table, level {level}: entry {index} at {at} says {value}; not valid",
        "페이지 테이블 {level}단계: {at}에 있는 {index}번 항목은 {value}, 유효하지 않다";
    Translated:
        "{task}: {access} at {va}, which is {pa} in physical memory",
        "{task}: {va} {access}, 물리 주소 {pa}";
    TranslatedByte:
        "{task}: {access} at {va}, which is {pa} in physical memory; the byte there is {value}",
        "{task}: {va} {access}, 물리 주소 {pa}, 그곳의 바이트 {value}";
    OutOfBounds:
        "{task} may not: {va} lies outside of its segment of {limit} bytes ({access})",
        "{task}의 잘못된 참조: {va:은} {limit}바이트 세그먼트를 벗어난다 ({access})";
    NoEntry:
        "{task} may not: for {va} the page table has no valid entry on level {level} ({access})",
        "{task}의 잘못된 참조: {va}의 페이지 테이블 {level}단계 항목이 유효하지 않다 ({access})";
    FaultZero:
        "{task} faults at {va} ({access}): the page has no frame yet and begins with zeroes",
        "{task:이} {va}에서 페이지 폴트를 낸다 ({access}): 아직 프레임이 없는, 0으로 시작하는 페이지다";
    FaultSwap:
        "{task} faults at {va} ({access}): the page is in swap",
        "{task:이} {va}에서 페이지 폴트를 낸다 ({access}): 페이지가 스왑에 있다";
    FaultFile:
        "{task} faults at {va} ({access}): the page is in its file",
        "{task:이} {va}에서 페이지 폴트를 낸다 ({access}): 페이지가 파일에 있다";
    FaultLeaving:
        "{task} faults at {va} ({access}): the page is just being written to swap",
        "{task:이} {va}에서 페이지 폴트를 낸다 ({access}): 페이지가 마침 스왑에 쓰이고 있다";
    FaultAgain:
        "{task} faults at {va} once more: it had to wait",
        "{task:이} {va}에서 다시 페이지 폴트를 낸다: 기다려야 했다";
    Invalid:
        "{task} may not: {va} belongs to no region ({access})",
        "{task}의 잘못된 참조: {va:은} 어느 영역에도 속하지 않는다 ({access})";
    Forbidden:
        "{task} may not: the region of {va} does not allow it ({access})",
        "{task}의 잘못된 참조: {va}의 영역이 허용하지 않는다 ({access})";
    Map:
        "{page} of {task} is in {frame}",
        "{task}의 {page:이} {frame}에 있다";
    EvictClean:
        "{page} of {task} leaves {frame}; it is clean, nothing is written",
        "{task}의 {page:이} {frame:을} 떠난다. 깨끗하므로 쓰지 않는다";
    EvictDirty:
        "{page} of {task} leaves {frame}; it is dirty and has to be written",
        "{task}의 {page:이} {frame:을} 떠난다. 더티이므로 써야 한다";
    PageOut:
        "{page} of {task} goes to swap slot {slot}",
        "{task}의 {page:이} 스왑 슬롯 {slot}번으로 간다";
    WriteRequest:
        "{task} asks the disk to write {number} pages in one request, from swap slot {slot} on",
        "{task:이} 스왑 슬롯 {slot}번부터 페이지 {number}개를 한 번에 쓰도록 디스크에 요청한다";
    Written:
        "{frame} is written and free",
        "{frame:이} 다 쓰여 비었다";
    Clean:
        "{page} of {task} stays in {frame} and is written to swap, to be clean when its turn comes",
        "{task}의 {page:이} {frame}에 머문 채 스왑에 쓰인다. 차례가 오면 깨끗할 것이다";
    Cleaned:
        "{frame} is written; its page has stayed",
        "{frame:이} 다 쓰였다. 페이지는 그대로 있다";
    PageIn:
        "The disk is asked for {page} of {task}, in swap slot {slot}",
        "스왑 슬롯 {slot}번에 있는 {task}의 {page:을} 디스크에 요청한다";
    ReadFile:
        "The disk is asked for {page} of {task}, in its file",
        "파일에 있는 {task}의 {page:을} 디스크에 요청한다";
    Rescue:
        "{page} of {task} stays in {frame}: it is wanted again",
        "{task}의 {page:이} 다시 필요해져 {frame}에 남는다";
    GiveUpSlot:
        "No swap slot is free: {frame} gives up its copy in slot {slot} and is dirty from now on",
        "빈 스왑 슬롯이 없다: {frame:이} 슬롯 {slot}번의 사본을 내놓고 이제부터 더티가 된다";
    NoFrame:
        "{task} finds no frame that it may take ({number} free)",
        "{task:이} 가져갈 프레임을 찾지 못한다 (빈 프레임 {number}개)";
    DirectReclaim:
        "{task} makes room itself, inside its fault ({number} frames free)",
        "{task:이} 페이지 폴트 처리 중에 직접 자리를 만든다 (빈 프레임 {number}개)";
    DaemonWakes:
        "Page daemon: {number} frames are free, fewer than {mark}",
        "페이지 데몬: 빈 프레임 {number}개, {mark}개보다 적다";
    DaemonScans:
        "Page daemon: looks for {number} pages that can leave",
        "페이지 데몬: 내보낼 페이지 {number}개를 찾는다";
    DaemonSleeps:
        "Page daemon: {number} frames are free, {mark} are wanted; it has no more to do",
        "페이지 데몬: 빈 프레임 {number}개, 목표 {mark}개. 더 할 일이 없다";
    TlbFlush:
        "The TLB is emptied for another address space; translations lost: {number}",
        "다른 주소 공간을 위해 TLB를 비운다. 잃은 변환: {number}개";
    Mapped:
        "{task} maps a region of {number} pages from {page} on",
        "{task:이} {page}부터 페이지 {number}개의 영역을 매핑한다";
    Unmapped:
        "{task} gives back its region of {number} pages from {page} on",
        "{task:이} {page}부터 페이지 {number}개의 영역을 돌려준다";
    NoRoom:
        "mmap() fails: there is no room for {number} pages of {task}",
        "mmap() 실패: {task}의 페이지 {number}개가 들어갈 자리가 없다";
    NoRegion:
        "munmap() fails: {task} has no such region",
        "munmap() 실패: {task}에 그런 영역이 없다";
    FaultShared:
        "{task} faults at {va} ({access}): the page is shared, or was, and may not be written to yet",
        "{task:이} {va}에서 페이지 폴트를 낸다 ({access}): 함께 쓰거나 쓰던 페이지라 아직 쓸 수 없다";
    Inherited:
        "{task} starts with the {number} pages that its parent has in frames",
        "{task:은} 부모가 프레임에 가진 페이지 {number}개로 시작한다";
    Copied:
        "The page of {task} is copied from {from} to {frame}; the others keep the original",
        "{task}의 페이지가 {from}에서 {frame:으로} 복사된다. 원본은 나머지가 계속 쓴다";
    Reused:
        "Nobody but {task} maps {page} any more: it is written to in {frame}, without a copy",
        "이제 {task}만 {page:을} 쓰므로 복사하지 않고 {frame}에 그대로 쓴다";
    OutOfMemory:
        "Out of memory: {task} is the largest with {number} pages, and is ended",
        "메모리 부족: 페이지 {number}개로 가장 큰 {task:을} 끝낸다";
    Suspend:
        "The working sets want {number} pages of {mark} frames: {task} is to be swapped out",
        "워킹 셋을 합치면 {number}페이지인데 프레임은 {mark}개이다. {task:을} 스왑 아웃하기로 한다";
    Refused:
        "mmap() fails: {task} wants {number} pages, which makes {level} promised, and {mark} may be",
        "mmap() 실패: {task:이} {number}페이지를 바라는데, 그러면 약속한 것이 {level}페이지가 되어 한도 {mark}페이지를 넘는다";
    SwapOut:
        "{task} is swapped out until its working set fits",
        "{task:이} 스왑 아웃된다. 워킹 셋이 들어갈 때까지 기다린다";
    Resume:
        "{task} is let in again: the working sets want {number} pages of {mark} frames",
        "{task:을} 다시 들인다. 워킹 셋을 합쳐 {number}페이지, 프레임은 {mark}개이다";
    WhyPageFault:
        "Only the kernel can find a frame for a page and bring the page in; then the instruction is tried again.",
        "페이지에 프레임을 찾아 주고 페이지를 들여오는 일은 커널만 할 수 있다. 그 뒤 명령어를 다시 시도한다.";
    WhyTlbMiss:
        "This machine's hardware does not walk page tables: the kernel refills the TLB, and the instruction is tried again.",
        "이 기계의 하드웨어는 페이지 테이블을 걷지 않는다. 커널이 TLB를 채우고 명령어를 다시 시도한다.";
    WhyEvict:
        "“{rule}” chose it.",
        "규칙 ‘{rule}’에 따라 골랐다.";
        }
    };
}

pub(super) use with_memory;
