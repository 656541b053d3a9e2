// OSC strings: title, links, clipboard, prompt marks. All others, and every DCS, APC and PM, do nothing; none is ever answered (U02).

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/terminal/terminal.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr size_t kMostTitle = 256; // characters

    bool isLinkable(std::string_view address)
    {
        constexpr std::string_view kSchemes[] = {"http://", "https://", "mailto:"};
        if (address.size() > LinkTable::kMostAddress)
            return false;
        if (!std::all_of(address.begin(), address.end(), [](char c) { return c > 0x20 && c < 0x7F; }))
            return false;
        return std::any_of(std::begin(kSchemes), std::end(kSchemes), [address](std::string_view scheme) {
            return address.size() > scheme.size()
                && std::equal(scheme.begin(), scheme.end(), address.begin(), [](char a, char b) {
                       return a == (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
                   });
        });
    }
}

void Terminal::string(StringKind kind, std::string_view content)
{
    if (kind != StringKind::Osc)
        return;
    const size_t split = content.find(';');
    const std::string_view number = content.substr(0, split);
    const std::string_view rest
        = split == std::string_view::npos ? std::string_view() : content.substr(split + 1);
    if (number == "0" || number == "2")
        setTitle(rest);
    else if (number == "8")
        setLink(rest);
    else if (number == "52")
        setClipboard(rest);
    else if (number == "133")
        promptMark(rest);
}

void Terminal::setTitle(std::string_view title)
{
    std::string valid = toValidUtf8(title.substr(0, kMostTitle * 4));
    std::string clean;
    for (size_t at = 0; at < valid.size();) {
        const auto lead = static_cast<uint8_t>(valid[at]);
        const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string_view character(valid.data() + at, std::min(length, valid.size() - at));
        if (!hasControlOrBidi(character))
            clean += character;
        at += length;
    }
    m_news.title = std::string(firstCodePoints(clean, kMostTitle));
}

void Terminal::setLink(std::string_view content)
{
    const size_t split = content.find(';');
    if (split == std::string_view::npos)
        return;
    const std::string_view address = content.substr(split + 1);
    std::string_view group;
    for (std::string_view rest = content.substr(0, split); !rest.empty();) {
        const size_t end = std::min(rest.find(':'), rest.size());
        if (rest.substr(0, 3) == "id=")
            group = rest.substr(3, std::min<size_t>(end, 259) - 3);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    Pen pen = m_pen;
    pen.link = isLinkable(address) ? m_links.idOf(address, group) : 0;
    if (pen != m_pen)
        setPen(pen);
}

void Terminal::setClipboard(std::string_view content)
{
    const size_t split = content.find(';');
    if (split == std::string_view::npos || content.substr(split + 1) == "?")
        return; // what the clipboard holds is never told
    if (const auto text = fromBase64(content.substr(split + 1)); text && isValidUtf8(*text))
        m_news.clipboard = *text;
}

void Terminal::promptMark(std::string_view content)
{
    if (content.substr(0, 1) == "A") {
        m_grid->row(m_row).isPrompt = true;
        m_grid->row(m_row).stamp = 0;
        m_modes.commandRuns = false;
    } else if (content.substr(0, 1) == "C") {
        m_modes.commandRuns = true;
    } else if (content.substr(0, 1) == "D") {
        m_modes.commandRuns = false;
    }
}

}
