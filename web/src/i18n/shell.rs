//! The texts of the page's frame.

use crate::messages;

messages! {
    /// For keyboards: past everything before the timeline.
    skip: "Skip to the timeline", "타임라인으로 건너뛰기";
    /// Name of the left column.
    scenario: "Scenario", "시나리오";
    /// Name of the right column.
    now: "Now", "지금";
    /// Name of the tabs under the timeline.
    panels: "Panels", "패널";
    /// A scenario without a title.
    untitled: "Untitled scenario", "제목 없는 시나리오";
    /// Changes to the other language, each by its own name.
    other_language: "한국어", "English";
    /// Opens the gallery.
    lessons: "Lessons", "수업";
    /// Opens the comparison.
    compare: "Compare", "비교";
    /// Opens links, files, embedding.
    share: "Share", "공유";
    /// Opens the keys.
    help: "Help and keys", "도움말과 단축키";
    /// Takes back.
    undo: "Undo", "실행 취소";
    /// Makes again.
    redo: "Redo", "다시 실행";
    /// Theme: as the system.
    theme_system: "Theme: as the system", "테마: 시스템 설정";
    /// Theme: light.
    theme_light: "Theme: light", "테마: 밝게";
    /// Theme: dark.
    theme_dark: "Theme: dark", "테마: 어둡게";
    /// Lecture-hall size.
    projector: "Lecture-hall size", "강의실 크기";
    /// Folds the left column away.
    fold_scenario: "Fold the scenario away", "시나리오 접기";
    /// Folds it back.
    unfold_scenario: "Show the scenario", "시나리오 펼치기";
    /// Folds the right column away.
    fold_now: "Fold “Now” away", "‘지금’ 접기";
    /// Folds it back.
    unfold_now: "Show “Now”", "‘지금’ 펼치기";
    /// One panel.
    unsplit: "One panel", "한 패널만";
    /// Choice of the second panel.
    second_panel: "Second panel", "둘째 패널";
    /// Closes something.
    close: "Close", "닫기";
    /// The engine is being started.
    starting: "Starting the engine…", "엔진을 시작하는 중…";
    /// A load is under way.
    loading(percent: u16): "Simulating… {percent} %", "시뮬레이션 중… {percent} %";
    /// The cursor is on a long way.
    seeking(percent: u16): "Going there… {percent} %", "이동 중… {percent} %";
    /// A part of the page is on its way.
    fetching: "Fetching this part of the page…", "페이지의 이 부분을 가져오는 중…";
    /// It did not arrive.
    not_fetched: "This part of the page could not be fetched. Is there a connection?", "페이지의 이 부분을 가져오지 못했습니다. 연결되어 있나요?";
    /// Tries it once more.
    fetch_again: "Try again", "다시 시도";
    /// The page itself has a bug.
    crashed: "Kernelscope has stopped", "Kernelscope가 멈췄습니다";
    /// The work is safe.
    crashed_kept: "This is a bug in the page. Your scenario is kept and comes back when you reload.", "페이지의 버그입니다. 시나리오는 저장되어 있으며 새로 고치면 돌아옵니다.";
    /// The work is safe if it is saved now.
    crashed_not_kept: "This is a bug in the page. Save the scenario first if you need it.", "페이지의 버그입니다. 시나리오가 필요하면 먼저 저장하세요.";
    /// Load the page again.
    crashed_reload: "Reload", "새로 고침";
    /// Load the page again with a lesson instead.
    crashed_lesson: "Open a lesson instead", "대신 수업 열기";
    /// Save the scenario.
    crashed_save: "Save the scenario as a file", "시나리오를 파일로 저장";
    /// Ends the lecture-hall size.
    projector_off: "Back to the usual size", "보통 크기로";
}
