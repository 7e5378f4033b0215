//! The terms of memory.

use super::Term;

terms! {
    "memory": "memory", "메모리";
        "Frames for the pages of processes, page tables that say which page is in which frame, and a disk for the rest.",
        "프로세스의 페이지를 담는 프레임, 어느 페이지가 어느 프레임에 있는지 적은 페이지 테이블, 나머지를 두는 디스크.";
    "virtual_address": "virtual address", "가상 주소";
        "The address that a program uses. The hardware translates it: page number to frame number, the offset as it is.",
        "프로그램이 쓰는 주소. 하드웨어가 페이지 번호는 프레임 번호로 바꾸고 오프셋은 그대로 둔다.";
    "page": "page", "페이지";
        "A piece of an address space of a fixed size.", "주소 공간을 같은 크기로 나눈 조각.";
    "frame": "frame", "프레임";
        "A piece of physical memory that holds one page.", "페이지 하나를 담는 물리 메모리 조각.";
    "page_table": "page table", "페이지 테이블";
        "What a process's pages are mapped to, an entry a page.", "프로세스의 페이지가 어디에 있는지 페이지마다 한 항목씩 적은 표.";
    "multi_level_table": "multi-level page table", "다단계 페이지 테이블";
        "A tree of tables: a table below is there only when one of its pages is. It saves memory where an address space is mostly empty, and costs one more access a level.",
        "나무 모양의 테이블. 아래 테이블은 거기 속한 페이지가 있을 때만 둔다. 주소 공간이 거의 비어 있으면 메모리를 아끼고, 단계마다 접근이 한 번 더 든다.";
    "pte": "page-table entry", "페이지 테이블 항목";
        "The frame of one page, and bits: valid, present, protection, accessed, dirty.", "한 페이지의 프레임 번호와 비트들. 유효, 존재, 보호, 접근, 더티.";
    "accessed_bit": "accessed bit", "접근 비트";
        "Set by the hardware when a page is used; cleared by the kernel, which learns from it what is in use.",
        "페이지가 쓰이면 하드웨어가 켜고 커널이 끈다. 커널은 이것으로 무엇이 쓰이는지 안다.";
    "valid_bit": "valid bit", "유효 비트";
        "Says that an entry leads somewhere. An access through one that does not is a violation or a fault.", "항목이 실제로 어딘가를 가리킨다는 표시. 꺼져 있는 항목을 거치는 접근은 위반이거나 폴트다.";
    "page_directory": "page directory", "페이지 디렉터리";
        "The top table of a multi-level page table. The page-directory base register says which frame it is in.", "다단계 페이지 테이블의 맨 위 테이블. 어느 프레임에 있는지는 페이지 디렉터리 베이스 레지스터가 안다.";
    "base_bounds": "base and bounds", "베이스와 바운드";
        "Two registers: an address below the bounds is valid, and the base is added to it.", "레지스터 두 개. 바운드보다 작은 주소만 유효하고, 거기에 베이스를 더한 것이 물리 주소다.";
    "segment": "segment", "세그먼트";
        "A stretch of an address space with a base and bounds of its own. A stack’s grows down from its base.", "베이스와 바운드를 따로 가진 주소 공간의 한 구간. 스택의 세그먼트는 베이스에서 아래로 자란다.";
    "physical_memory": "physical memory", "물리 메모리";
        "The bytes that there really are. Translation says which of them an address means.", "실제로 있는 바이트들. 주소가 그중 어느 것인지는 변환이 정한다.";
    "segmentation_violation": "segmentation violation", "세그멘테이션 위반";
        "An access to an address that leads nowhere. No fault can repair it, and the task is killed.", "어디로도 이어지지 않는 주소에 접근한 것. 폴트로 고칠 수 없어서 태스크가 강제로 종료된다.";
    "out_of_memory": "out of memory", "메모리 부족(OOM)";
        "No frame can be had and nothing can be swapped out: the kernel kills the process with the highest score, its pages and its adjustment together.", "프레임을 얻을 수 없고 스왑으로 내보낼 수도 없는 상태. 커널은 페이지 수에 조정값을 더한 점수가 가장 높은 프로세스를 강제 종료한다.";
    "tlb": "TLB", "TLB";
        "A small cache of translations in the CPU. A hit needs no walk through the page table.", "CPU 안의 작은 주소 변환 캐시. 적중하면 페이지 테이블을 걷지 않는다.";
    "associativity": "associativity", "연관도";
        "In how many places of a cache one entry may stand. As many as there are: fully associative.", "캐시에서 한 항목이 설 수 있는 자리의 수. 모든 자리에 설 수 있으면 완전 연관이다.";
    "asid": "address-space identifier", "주소 공간 식별자(ASID)";
        "A number in a TLB entry that says whose translation it is. Without one every process switch empties the TLB.",
        "TLB 항목이 누구의 변환인지 알려 주는 번호. 없으면 프로세스가 바뀔 때마다 TLB를 비운다.";
    "tlb_refill": "TLB refill", "TLB 채우기";
        "Who walks the page table after a miss: the hardware, or the kernel, for which the miss is a trap.",
        "미스가 나면 페이지 테이블을 걷는 쪽. 하드웨어이거나, 미스를 트랩으로 받는 커널이다.";
    "shootdown": "TLB shootdown", "TLB 무효화 알림";
        "Telling other CPUs to forget a translation that is no longer right.", "더는 맞지 않는 변환을 지우라고 다른 CPU에 알리는 것.";
    "memory_access": "memory access", "메모리 접근";
        "One read or write of physical memory. A walk makes one for each level.", "물리 메모리를 한 번 읽거나 쓰는 것. 테이블을 걸을 때는 단계마다 한 번 한다.";
    "page_fault": "page fault", "페이지 폴트";
        "The trap of a reference whose page is in no frame. Minor: no disk is needed. Major: the page is read from the disk.",
        "프레임에 없는 페이지를 참조할 때의 트랩. 디스크가 필요 없으면 부(minor) 페이지 폴트, 디스크에서 읽어야 하면 주(major) 페이지 폴트이다.";
    "zero_fill": "zero filling", "0으로 채우기";
        "The first touch of a fresh page gets a frame full of zeroes.", "새 페이지를 처음 건드리면 0으로 채운 프레임을 받는 것.";
    "swap": "swap space", "스왑 공간";
        "The part of a disk that holds pages which are in no frame, one a slot.", "프레임에 없는 페이지를 슬롯마다 하나씩 두는 디스크의 일부.";
    "swap_cache": "swap cache", "스왑 캐시";
        "A page read from swap keeps its slot while both are the same, so that it can leave again without a write.",
        "스왑에서 읽은 페이지가 내용이 같은 동안 슬롯을 지니는 것. 다시 나갈 때 쓰지 않아도 된다.";
    "seek": "seek time", "탐색 시간";
        "The time that a disk needs for a request before the first page.", "디스크가 요청마다 첫 페이지 앞까지 쓰는 시간.";
    "transfer": "transfer time", "전송 시간";
        "The time that a disk needs for each page of a request.", "디스크가 요청의 페이지마다 쓰는 시간.";
    "replacement": "page replacement", "페이지 교체";
        "Which page leaves when a frame is needed and none is free.", "빈 프레임이 없을 때 어느 페이지를 내보낼지 고르는 것.";
    "scope": "scope of replacement", "교체 범위";
        "Whether any page may leave for a fault, or only one of the faulting process, which then has a number of frames of its own.",
        "폴트가 나면 어느 프로세스의 페이지든 내보낼 수 있는지, 프로세스마다 자기 프레임을 두고 그 안에서만 내보내는지.";
    "quota": "frame quota", "프레임 할당량";
        "How many frames a process may have where replacement is local; equal shares unless it says.",
        "교체 범위가 프로세스 안일 때 가질 수 있는 프레임 수. 정하지 않으면 똑같이 나눈다.";
    "page_daemon": "page daemon", "페이지 데몬";
        "A thread of the kernel that keeps frames free in the background: it wakes below the low watermark and sleeps at the high one.",
        "뒤에서 빈 프레임을 마련하는 커널 스레드. 낮은 워터마크 아래에서 깨어나 높은 워터마크에서 잠든다.";
    "watermark": "watermark", "워터마크";
        "A number of free frames at which something happens: below low the daemon wakes, at high it sleeps, below min faults reclaim pages themselves.",
        "어떤 일이 일어나는 빈 프레임 수. low 아래면 데몬이 깨고, high면 잠들며, min 아래면 폴트가 스스로 회수한다.";
    "clustering": "clustering", "묶어 쓰기";
        "Several pages go to the disk in one request and share one seek.", "여러 페이지를 한 요청으로 디스크에 써서 탐색을 한 번으로 줄이는 것.";
    "direct_reclaim": "direct reclaim", "직접 회수";
        "A fault that finds too few free frames makes room itself before it goes on.", "빈 프레임이 모자란 폴트가 스스로 자리를 마련한 뒤에 이어 가는 것.";
    "region": "region", "영역";
        "Consecutive pages of an address space with the same protection. A reference outside of every region is a segmentation fault.",
        "보호가 같은 잇따른 페이지들. 어느 영역에도 없는 곳을 참조하면 세그멘테이션 폴트이다.";
    "protection": "protection", "보호";
        "What may be done with a page: read, write, execute.", "페이지에 할 수 있는 일. 읽기, 쓰기, 실행.";
    "file_mapping": "file mapping", "파일 매핑";
        "A region whose pages are read from a file at their first touch.", "페이지를 처음 건드릴 때 파일에서 읽는 영역.";
    "locality": "locality", "지역성";
        "Programs tend to use again what they have used lately, and what lies near it.",
        "프로그램은 최근에 쓴 것과 그 가까이에 있는 것을 다시 쓰는 경향이 있다.";
    "working_set": "working set", "워킹 셋";
        "The pages that a process has used lately. It runs well while they are all in frames.",
        "프로세스가 최근에 쓴 페이지들. 모두 프레임에 있는 동안은 잘 실행된다.";
    "thrashing": "thrashing", "스래싱";
        "The working sets together need more than memory has: processes wait for their pages nearly all the time and the CPU idles.",
        "워킹 셋을 합친 것이 메모리보다 커서 프로세스들이 거의 내내 페이지를 기다리고 CPU는 노는 상태.";
    "overcommit": "overcommit", "오버커밋";
        "To promise more memory than there is, hoping that not all of it is used. Linux has three modes: by a rule of thumb, always, and strictly never.",
        "다 쓰지는 않으리라 보고 있는 것보다 많은 메모리를 약속하는 일. 리눅스에는 어림으로, 언제나, 엄격히 금지의 세 모드가 있다.";
    "admission_control": "admission control", "수용 제어";
        "While the working sets do not fit into memory together, a process is swapped out as a whole: fewer run, and those run well.",
        "워킹 셋이 메모리에 함께 들어가지 않는 동안 프로세스 하나를 통째로 스왑 아웃한다. 덜 들이는 대신 들인 것은 잘 돌아간다.";
    "ref_on_load": "loading as a use", "적재도 사용으로 세기";
        "Whether the access that brings a page in counts as its first use.", "페이지를 들여온 접근을 그 페이지의 첫 사용으로 셀지.";
    "opt_tie": "OPT's tie", "OPT의 동률";
        "Which of several pages that are never used again leaves first.", "다시는 쓰이지 않을 페이지가 여럿일 때 먼저 나가는 것.";
}
