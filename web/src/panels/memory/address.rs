//! An address in its parts (OSTEP 18.1, 20.3): page number, or one index a level, and the offset, which survives
//! translation; the frame's number takes the place of the page's.

use kernelscope_sim::mem::address::Va;
use kernelscope_sim::mem::spec::{AddressSpec, Mmu};
use yew::prelude::*;

use crate::i18n::{memory as t, translation, use_lang};

/// See [`Address`].
#[derive(Properties, PartialEq)]
pub(super) struct AddressProps {
    /// How an address is split.
    pub(super) split: AddressSpec,
    /// The virtual address.
    pub(super) va: u64,
    /// What the hardware splits it into.
    pub(super) by: Split,
    /// Where it leads, once that is known.
    pub(super) physical: Option<u64>,
}

/// What the hardware splits an address into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Nothing.
    Whole,
    /// The segment, chosen by the top bit, and the rest.
    Segments,
    /// Page number, or one index a level, and offset.
    Pages,
}

impl Split {
    /// What this hardware does.
    pub(super) const fn of(mmu: &Mmu) -> Split {
        match mmu {
            Mmu::BaseBounds { .. } => Split::Whole,
            Mmu::Segments { .. } => Split::Segments,
            Mmu::Paged | Mmu::Given(_) => Split::Pages,
        }
    }
}

/// One part of an address.
struct Part {
    name: String,
    value: u64,
    width: u32,
    class: &'static str,
}

/// The address, split, and the physical one below it.
#[component]
pub(super) fn Address(AddressProps { split, va, by, physical }: &AddressProps) -> Html {
    let lang = use_lang();
    let address = Va(*va);
    let (vpn, offset) = (split.vpn(address), split.offset(address));
    let shift = u32::from(split.page_shift);
    let offset =
        || Part { name: t::offset(lang).to_owned(), value: offset, width: shift, class: "part-offset" };
    let number =
        |name: &str, value, width| Part { name: name.to_owned(), value, width, class: "part-number" };
    let mut parts: Vec<Part> = if *by != Split::Pages {
        Vec::new()
    } else if split.depth() == 1 {
        vec![number(t::vpn(lang), vpn.0, u32::from(split.bits) - shift)]
    } else {
        let index = |(level, width): (usize, &u8)| {
            number(&t::index(lang, level), split.index(vpn, level), u32::from(*width))
        };
        split.levels.iter().enumerate().map(index).collect()
    };
    let rest = u32::from(split.bits.saturating_sub(1));
    match by {
        Split::Whole => {}
        Split::Segments => parts.extend([
            number(translation::segment_bit(lang), va >> rest, 1),
            Part {
                name: t::offset(lang).to_owned(),
                value: va & ((1 << rest) - 1),
                width: rest,
                class: "part-offset",
            },
        ]),
        Split::Pages => parts.push(offset()),
    }
    html! {
        <div class="address" data-testid="address">
            <p><strong>{ t::virtual_address(lang) }</strong>{ " " }{ both(*va) }</p>
            if !parts.is_empty() { { row(&parts) } }
            if let Some(physical) = physical {
                <p><strong>{ t::physical_address(lang) }</strong>{ " " }{ both(*physical) }</p>
                if *by == Split::Pages { { row(&[number(t::pfn(lang), physical >> shift, 0), offset()]) } }
            } else {
                <p class="soft">{ t::no_physical(lang) }</p>
            }
        </div>
    }
}

/// An address as programs and as textbooks write it.
fn both(address: u64) -> Html {
    html! { <><code>{ format!("{address:#x}") }</code>{ " = " }<span class="figures">{ address }</span></> }
}

/// The parts beside each other, each with its bits, its value and its name.
fn row(parts: &[Part]) -> Html {
    html! {
        <dl class="parts">
            { for parts.iter().map(|part| html! {
                <div key={part.name.clone()} class={part.class}>
                    <dt>{ &part.name }</dt>
                    <dd>
                        if part.width > 0 { <code class="part-bits">{ bits(part.value, part.width) }</code> }
                        <span class="figures">{ part.value }</span>
                    </dd>
                </div>
            }) }
        </dl>
    }
}

/// A number in so many binary digits, in fours from the right.
fn bits(value: u64, width: u32) -> String {
    let mut text = String::new();
    for place in (0..width).rev() {
        text.push(if value >> place & 1 == 1 { '1' } else { '0' });
        if place > 0 && place.is_multiple_of(4) {
            text.push('\u{2009}');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_stand_in_fours_from_the_right() {
        let plain = |value, width| bits(value, width).replace('\u{2009}', " ");
        assert_eq!(plain(0x3F80 >> 6, 8), "1111 1110");
        assert_eq!(plain(5, 6), "00 0101");
        assert_eq!(plain(0, 4), "0000");
    }
}
