//! The rules of memory and of page replacement in words.

/// Hands these words to a macro, behind those that come with it, so that one match holds all rules.
macro_rules! with_replacement {
    ($then:ident! { $($before:tt)* }) => { $then! { $($before)*
    OnlyCandidate:
        "Only candidate",
        "There was only one page that could leave, so nothing was compared.",
        "유일한 후보",
        "내보낼 수 있는 페이지가 하나뿐이어서 비교할 것이 없었다.";
    FirstLoadedTie:
        "Tie: first loaded",
        "Of pages with equal keys, the one that was loaded first leaves.",
        "동률: 먼저 적재된 쪽",
        "키가 같은 페이지 가운데 먼저 적재된 것이 나간다.";
    LowestFrameTie:
        "Tie: lowest frame",
        "Of pages with equal keys, the one in the frame with the lowest number leaves.",
        "동률: 낮은 프레임",
        "키가 같은 페이지 가운데 번호가 가장 낮은 프레임에 있는 것이 나간다.";
    LeastRecentTie:
        "Tie: least recently used",
        "Of pages with equal keys, the one that has not been used for longest leaves.",
        "동률: 오래 쓰이지 않은 쪽",
        "키가 같은 페이지 가운데 가장 오래 쓰이지 않은 것이 나간다.";
    RefOnLoad:
        "Loading as a use",
        "Whether the access that brings a page in counts as its first use, or only the next one does.",
        "적재도 사용으로 세는지",
        "페이지를 들여온 접근을 첫 사용으로 셀지, 그다음 접근부터 셀지 정한다.";
    OptFarthest:
        "Farthest next use",
        "The page whose next use is farthest away leaves; one that is never used again is farther than any.",
        "다음 사용이 가장 먼 페이지",
        "다음 사용이 가장 먼 페이지가 나간다. 다시는 쓰이지 않는 페이지가 어떤 페이지보다도 멀다.";
    OptTie:
        "OPT: never used again",
        "Of several pages that are never used again, a convention says which leaves. The number of faults is the same.",
        "OPT: 다시 쓰이지 않는 페이지들",
        "다시는 쓰이지 않는 페이지가 여럿이면 그중 어느 것이 나갈지를 규약이 정한다. 폴트 수는 같다.";
    UnoptNearest:
        "Nearest next use",
        "The page that is used soonest leaves: the worst one can do.",
        "다음 사용이 가장 가까운 페이지",
        "가장 먼저 다시 쓰일 페이지가 나간다. 할 수 있는 가장 나쁜 선택이다.";
    FifoOldest:
        "First loaded, first out",
        "The page that came in first leaves first, however much it is used.",
        "먼저 들어온 페이지가 먼저 나감",
        "얼마나 자주 쓰이든, 가장 먼저 들어온 페이지가 먼저 나간다.";
    LruLeastRecent:
        "Least recently used",
        "The page that has not been used for longest leaves.",
        "가장 오래 쓰이지 않은 페이지",
        "가장 오랫동안 쓰이지 않은 페이지가 나간다.";
    MruMostRecent:
        "Most recently used",
        "The page that was used last leaves.",
        "가장 최근에 쓰인 페이지",
        "가장 최근에 쓰인 페이지가 나간다.";
    RandomDraw:
        "Drawn at random",
        "Any of the pages that can leave is drawn, each as likely as the others.",
        "무작위 추첨",
        "내보낼 수 있는 페이지 가운데 하나를 같은 확률로 뽑는다.";
    RandomUsedUp:
        "Draws used up",
        "The draws that the scenario gives are used up, so no page is drawn.",
        "추첨 값 소진",
        "시나리오가 준 추첨 값을 다 써서 더는 뽑지 않는다.";
    ClockHand:
        "The clock's hand",
        "The hand clears the accessed bit of every page that has been used since it last came by, and takes the first that has not.",
        "시계의 바늘",
        "바늘은 지난번에 지나간 뒤로 쓰인 페이지의 접근 비트를 지우며 나아가다가, 쓰이지 않은 첫 페이지를 고른다.";
    SecondChance:
        "A second chance",
        "The head of the queue leaves; if it has been used, its accessed bit is cleared and it goes to the tail instead.",
        "두 번째 기회",
        "큐의 맨 앞 페이지가 나간다. 그 페이지가 쓰였으면 접근 비트를 지우고 맨 뒤로 보낸다.";
    EnhancedClass:
        "Lowest class at the hand",
        "The hand takes the first page of the lowest class: rather one that is not used, and then rather one that need not be written.",
        "바늘이 만나는 가장 낮은 등급",
        "바늘은 가장 낮은 등급의 첫 페이지를 고른다. 쓰이지 않은 것이 먼저이고, 그다음은 디스크에 쓸 필요가 없는 것이다.";
    NruClass:
        "Not recently used",
        "The accessed bits are cleared now and then; a page of the lowest class, accessed before dirty, leaves.",
        "최근에 쓰이지 않은 페이지",
        "접근 비트는 이따금 모두 지워진다. 접근 비트를 먼저, 변경 비트를 다음으로 따져 등급이 가장 낮은 페이지가 나간다.";
    LfuLeast:
        "Least frequently used",
        "The page with the fewest uses since it came in leaves.",
        "가장 적게 쓰인 페이지",
        "들어온 뒤로 가장 적게 쓰인 페이지가 나간다.";
    AgingLeast:
        "Smallest age counter",
        "The page with the smallest counter leaves: eight bits that record in which of the last periods it was used.",
        "가장 작은 에이징 카운터",
        "카운터가 가장 작은 페이지가 나간다. 카운터는 최근 여덟 주기 가운데 언제 쓰였는지를 적은 여덟 비트이다.";
    WorkingSetAge:
        "Outside of the working set",
        "Its process has not used the page for longer than the window, so it leaves, needed or not.",
        "작업 집합 밖",
        "프로세스가 창보다 오래 쓰지 않은 페이지는 프레임이 모자라지 않아도 나간다.";
    WorkingSetOldest:
        "Oldest of the working set",
        "Every page is in its working set, so the oldest leaves.",
        "작업 집합에서 가장 오래된 페이지",
        "모든 페이지가 작업 집합 안에 있으므로 그중 가장 오래된 것이 나간다.";
    WsClockOld:
        "Outside of the working set at the hand",
        "The hand takes the first clean page that its process has not used for longer than the window.",
        "바늘이 만난 작업 집합 밖의 페이지",
        "바늘은 프로세스가 창보다 오래 쓰지 않은 깨끗한 페이지 가운데 처음 만난 것을 고른다.";
    WsClockClean:
        "First clean page",
        "A full turn found no page outside of its working set, so the first clean one leaves.",
        "첫 번째 깨끗한 페이지",
        "한 바퀴를 돌아도 작업 집합 밖의 페이지가 없어서, 처음 만난 깨끗한 페이지가 나간다.";
    WsClockHand:
        "The page at the hand",
        "A full turn found no clean page, so the one at the hand leaves.",
        "바늘이 가리키는 페이지",
        "한 바퀴를 돌아도 깨끗한 페이지가 없어서, 바늘이 가리키는 페이지가 나간다.";
    TwoListTail:
        "Oldest inactive page",
        "The oldest inactive page leaves; one that has been used becomes active instead.",
        "가장 오래된 비활성 페이지",
        "가장 오래된 비활성 페이지가 나간다. 그 페이지가 쓰였으면 나가는 대신 활성이 된다.";
    TwoQNew:
        "Oldest newcomer",
        "There are more newcomers than their queue should hold, so the first of them leaves.",
        "가장 먼저 온 새 페이지",
        "새 페이지의 큐가 정해진 길이보다 길어서, 가장 먼저 온 것이 나간다.";
    TwoQMain:
        "Least recently used of the main list",
        "The newcomers are few, so the least recently used page of the main list leaves.",
        "주 리스트에서 가장 오래 쓰이지 않은 페이지",
        "새 페이지가 많지 않아서, 주 리스트에서 가장 오래 쓰이지 않은 것이 나간다.";
    ArcOnce:
        "Oldest page used once",
        "The list of pages used once is longer than its target, so its oldest leaves.",
        "한 번 쓰인 페이지 가운데 가장 오래된 것",
        "한 번 쓰인 페이지의 리스트가 목표보다 길어서, 그 리스트에서 가장 오래된 것이 나간다.";
    ArcAgain:
        "Oldest page used again",
        "The list of pages used once is no longer than its target, so the oldest page used again leaves.",
        "다시 쓰인 페이지 가운데 가장 오래된 것",
        "한 번 쓰인 페이지의 리스트가 목표보다 길지 않아서, 다시 쓰인 페이지 가운데 가장 오래된 것이 나간다.";
    OstepClock:
        "Drawn with nothing left",
        "Pages are drawn; one whose counter is above 0 loses one and stays, and the first that is at 0 leaves.",
        "카운터가 0인 채 뽑힌 페이지",
        "페이지를 뽑아서, 카운터가 0보다 크면 하나 줄이고 남겨 둔다. 카운터가 0인 채 처음 뽑힌 페이지가 나간다.";
    PlruBits:
        "The bits of the tree",
        "From the root of the tree every bit points to the half that was used less recently; where they lead, the page leaves.",
        "트리의 비트",
        "트리의 뿌리부터 각 비트는 덜 최근에 쓰인 절반을 가리킨다. 비트를 따라가 닿은 페이지가 나간다.";
    PagePresent:
        "Valid and present",
        "The page is in a frame: the walk finds it, and the TLB keeps the translation for the next time.",
        "유효하고 존재함",
        "페이지가 프레임에 있다. 페이지 테이블에서 찾은 변환을 다음을 위해 TLB에 넣어 둔다.";
    PageAbsent:
        "Valid, not present",
        "The page belongs to the process and is in no frame: the kernel brings it in, and the instruction is tried again.",
        "유효하나 존재하지 않음",
        "프로세스의 페이지이지만 프레임에 없다. 커널이 들여온 뒤 명령어를 다시 시도한다.";
    PageInvalid:
        "Not valid",
        "The address does not belong to the process, or may not be used so: the kernel ends the process.",
        "유효하지 않음",
        "프로세스의 주소가 아니거나 그렇게 쓸 수 없는 주소다. 커널이 프로세스를 끝낸다.";
    DaemonMarks:
        "Page daemon: watermarks",
        "When fewer frames than the low watermark are free, the daemon wakes; when as many as the high one are, it sleeps.",
        "페이지 데몬: 워터마크",
        "빈 프레임이 낮은 워터마크보다 적어지면 데몬이 깨어나고, 높은 워터마크만큼 생기면 잠든다.";
    OomLargest:
        "Out of memory: the largest",
        "When no frame can be had and no page can leave, the process with the most pages, as adjusted, is ended.",
        "메모리 부족: 가장 큰 프로세스",
        "프레임을 구할 수 없고 내보낼 페이지도 없으면, 조정값을 더해 페이지가 가장 많은 프로세스를 끝낸다.";
    Overcommit:
        "Overcommit",
        "A mapping takes no frame before it is touched, so more can be promised than there is; how much, the mode says.",
        "오버커밋",
        "매핑은 손대기 전까지 프레임을 쓰지 않으므로 있는 것보다 많이 약속할 수 있다. 얼마까지인지는 모드가 정한다.";
    AdmissionControl:
        "Admission control",
        "While the working sets together are larger than memory, the process of the lowest priority, the largest of those, is swapped out.",
        "수용 제어",
        "워킹 셋을 합친 것이 메모리보다 큰 동안, 우선순위가 가장 낮고 그중 워킹 셋이 가장 큰 프로세스를 스왑 아웃한다.";
    SuspendedFirst:
        "Pages of swapped-out processes first",
        "Whoever is kept out does not use its pages: they leave before anybody else’s.",
        "스왑 아웃된 프로세스의 페이지부터",
        "들이지 않은 프로세스는 페이지를 쓰지 않으니 그 페이지가 남의 것보다 먼저 나간다.";
    } };
}

pub(super) use with_replacement;
