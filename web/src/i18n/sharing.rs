//! The texts of links, files and frames.

use crate::messages;

messages! {
    /// Title of the menu.
    title: "Share and keep", "공유와 보관";
    /// Copies the link.
    copy_link: "Copy link to this moment", "이 순간의 링크 복사";
    /// What the link holds.
    link_holds: "The link holds the scenario, the cursor and the view. Nothing is sent to any server.", "링크에는 시나리오, 커서, 화면 구성이 담깁니다. 서버로는 아무것도 보내지 않습니다.";
    /// How long the link is.
    link_length(n: usize): "{n} characters", "{n}자";
    /// Saves a file.
    save: "Save as a file", "파일로 저장";
    /// Opens a file.
    open: "Open a file…", "파일 열기…";
    /// Files can be dropped.
    drop_hint: "or drop one anywhere on the page", "또는 페이지 아무 곳에나 끌어다 놓으세요";
    /// A file hovers over the page.
    drop_here: "Drop the scenario file to open it", "시나리오 파일을 놓으면 열립니다";
    /// Title of the embedding.
    embed: "Put it into a page", "다른 페이지에 넣기";
    /// What the frame shows under the timeline.
    embed_panels: "Panels", "패널";
    /// Which buttons the frame has.
    embed_controls: "Buttons", "버튼";
    /// All of them.
    controls_all: "all", "모두";
    /// Play, step and back.
    controls_few: "play and step", "재생과 걸음";
    /// None.
    controls_off: "none", "없음";
    /// Cannot be edited.
    embed_read_only: "Read-only", "읽기 전용";
    /// The frame is in this language and theme.
    embed_fixed: "Keep this language and theme", "지금의 언어와 테마로 고정";
    /// Copies the frame.
    copy_frame: "Copy the frame’s HTML", "프레임 HTML 복사";
    /// The frame's HTML.
    frame_html: "HTML of the frame", "프레임의 HTML";
    /// Title of the shelf.
    shelf: "Earlier work", "이전 작업";
    /// What the shelf is.
    shelf_hint: "Whatever you had edited when something else was opened.", "다른 것을 열 때 편집 중이던 작업입니다.";
    /// Opens one of them.
    restore: "Open again", "다시 열기";
    /// Opens the whole page.
    full_size: "Open full size", "크게 열기";

    /// The engine is back.
    engine_restarted: "The engine had stopped and was started again. You are where you were.", "엔진이 멈춰서 다시 시작했습니다. 보던 곳 그대로입니다.";
    /// The engine does not start.
    engine_failed(reason: &str): "The engine does not start ({reason}). Reloading may help.", "엔진이 시작되지 않습니다({reason}). 새로 고치면 될 수도 있습니다.";
    /// The engine that can have memory is not to be had.
    memory_missing: "The engine for memory could not be fetched. Is there a connection? The last run stays as it was.", "메모리 엔진을 가져오지 못했습니다. 연결되어 있나요? 마지막 실행은 그대로 남아 있습니다.";
    /// A link that cannot be opened.
    link_refused(why: &str): "This link cannot be opened. {why}", "이 링크를 열 수 없습니다. {why}";
    /// A file that cannot be opened.
    file_refused(name: &str, why: &str): "{name} cannot be opened. {why}", "{name:을} 열 수 없습니다. {why}";
    /// Something stored that cannot be opened.
    other_refused(why: &str): "This cannot be opened. {why}", "열 수 없습니다. {why}";
    /// What to do about a damaged link.
    ask_again: "Messengers sometimes cut long links: ask for it again, or for the file. Your own work is untouched.", "메신저가 긴 링크를 자르기도 합니다. 다시 받거나 파일로 받아 보세요. 내 작업은 그대로입니다.";
    /// What to do about a newer one.
    get_newer: "Reload to get the newest version. Your own work is untouched.", "새로 고치면 최신 버전을 받습니다. 내 작업은 그대로입니다.";
    /// What to do about one that is too large.
    use_file: "Ask for the scenario as a file instead. Your own work is untouched.", "시나리오를 파일로 받아 보세요. 내 작업은 그대로입니다.";
    /// Nothing is lost.
    untouched: "Your own work is untouched.", "내 작업은 그대로입니다.";
    /// Something else was opened.
    replaced(title: &str): "Your work “{title}” is kept under Share, Earlier work.", "하던 작업 “{title}”은(는) 공유 메뉴의 이전 작업에 있습니다.";
    /// Back to it.
    back_to_it: "Back to it", "돌아가기";
    /// Storage is denied.
    nothing_stored: "This browser stores nothing here: copy a link or save a file to keep your work.", "이 브라우저는 여기에 저장하지 않습니다. 작업을 남기려면 링크를 복사하거나 파일로 저장하세요.";
    /// On the clipboard.
    copied: "Copied.", "복사했습니다.";
    /// The clipboard is closed.
    copy_by_hand: "The clipboard is closed to this page. Copy this by hand:", "이 페이지는 클립보드를 쓸 수 없습니다. 직접 복사하세요:";
    /// Load the page again.
    reload: "Reload", "새로 고침";
}
