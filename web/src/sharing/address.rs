//! What the address of the page asks for: `?lesson=…`, `?lang=…`, `?theme=…`, and, in a frame of another page,
//! `?embed&view=queues,events&controls=step,play&readonly`. The link itself stands behind the `#`.

use crate::i18n::Lang;
use crate::state::{Panel, ThemeChoice};

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The language.
    pub lang: Option<Lang>,
    /// Light or dark.
    pub theme: Option<ThemeChoice>,
    /// A lesson, by its id.
    pub lesson: Option<String>,
    /// What is left of the page in a frame.
    pub embed: Option<Embed>,
    /// The link, without its `#`.
    pub link: Option<String>,
}

/// What an embedding page asked for; everything else is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// The panels under the timeline; none for the timeline alone.
    pub panels: Vec<Panel>,
    /// Which parts can be handled.
    pub controls: Controls,
    /// Whether nothing may be edited.
    pub read_only: bool,
}

/// Which parts of the transport an embed has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Controls {
    /// All of it.
    #[default]
    All,
    /// Play, step and back.
    Few,
    /// None: a picture that can be read.
    Off,
}

impl Controls {
    /// Every choice with its name in addresses.
    pub const ALL: [(&'static str, Controls); 3] =
        [("all", Controls::All), ("few", Controls::Few), ("none", Controls::Off)];
}

impl Address {
    /// Reads the query (decoded into pairs) and the fragment of an address. What it does not know it leaves
    /// alone: course pages add parameters of their own.
    pub fn read<'a>(query: impl IntoIterator<Item = (&'a str, &'a str)>, fragment: &str) -> Address {
        let mut address = Address::default();
        let mut embed = Embed { read_only: false, ..Embed::default() };
        let mut embedded = false;
        for (name, value) in query {
            let on = !matches!(value, "0" | "false" | "no");
            match name {
                "lang" => address.lang = Lang::from_tag(value),
                "theme" => address.theme = ThemeChoice::from_name(value),
                "lesson" => address.lesson = Some(value.to_owned()).filter(|id| !id.is_empty()),
                "embed" => embedded = on,
                "view" => embed.panels = value.split(',').filter_map(Panel::from_name).collect(),
                "controls" => {
                    let found = Controls::ALL.into_iter().find(|(known, _)| *known == value);
                    embed.controls = found.map_or(Controls::All, |(_, controls)| controls);
                }
                "readonly" => embed.read_only = on,
                _ => {}
            }
        }
        address.embed = embedded.then_some(embed);
        address.link = link_in(fragment).map(str::to_owned);
        address
    }
}

/// The link in a fragment, if it holds one: other fragments lead to places on the page.
pub fn link_in(fragment: &str) -> Option<&str> {
    let link = fragment.strip_prefix('#').unwrap_or(fragment);
    (link.starts_with(|first: char| first.is_ascii_digit()) || link.len() > 16).then_some(link)
}

impl Embed {
    /// The query that asks for this.
    pub fn query(&self, lang: Option<Lang>, theme: Option<ThemeChoice>) -> String {
        let mut query = String::from("embed");
        if !self.panels.is_empty() {
            let names: Vec<&str> = self.panels.iter().map(|panel| panel.name()).collect();
            query += &format!("&view={}", names.join(","));
        }
        if let Some((name, _)) = Controls::ALL.iter().find(|(_, controls)| *controls == self.controls)
            && self.controls != Controls::All
        {
            query += &format!("&controls={name}");
        }
        if self.read_only {
            query += "&readonly";
        }
        if let Some(lang) = lang {
            query += &format!("&lang={}", lang.tag());
        }
        if let Some(theme) = theme {
            query += &format!("&theme={}", theme.name());
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Vec<(&str, &str)> {
        query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()
    }

    #[test]
    fn an_embed_gets_what_its_page_asked_for() {
        let address = Address::read(
            pairs("embed&view=queues,events,nonsense&controls=few&lang=ko&theme=dark&readonly&utm=1"),
            "#1.abc",
        );
        assert_eq!(address.lang, Some(Lang::Ko));
        assert_eq!(address.theme, Some(ThemeChoice::Dark));
        assert_eq!(address.link.as_deref(), Some("1.abc"));
        let embed = address.embed.unwrap();
        assert_eq!(embed.panels, [Panel::Queues, Panel::Events]);
        assert_eq!(embed.controls, Controls::Few);
        assert!(embed.read_only);
    }

    #[test]
    fn an_embed_query_reads_back_as_itself() {
        for (_, controls) in Controls::ALL {
            for read_only in [false, true] {
                let embed = Embed { panels: vec![Panel::Metrics, Panel::Now], controls, read_only };
                let query = embed.query(Some(Lang::Ko), Some(ThemeChoice::Light));
                assert_eq!(Address::read(pairs(&query), "").embed, Some(embed));
            }
        }
    }

    #[test]
    fn an_ordinary_address_is_no_embed() {
        assert_eq!(Address::read(pairs(""), ""), Address::default());
        assert_eq!(Address::read(pairs("embed=0"), "").embed, None);
    }
}
