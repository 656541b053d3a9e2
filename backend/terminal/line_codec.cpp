#include "backend/terminal/line_codec.h"

#include "backend/terminal/cluster_table.h"
#include "backend/terminal/pen_table.h"
#include "backend/terminal/text_width.h"

#include <algorithm>

namespace fb {

// packed := u8 kind ; [u number of runs ; (u cells, pen)...] ; text
// pen    := u (flags, underline) ; u foreground ; u background ; u underline colour ; u link
// text   := one byte a cell (ascii), or UTF-8; marks belong to the cell before them
// u      := little-endian base 128

namespace {
    enum Kind : uint8_t { Ascii = 1, Plain = 2 };

    void putNumber(std::string &bytes, uint32_t value)
    {
        while (value >= 0x80) {
            bytes += static_cast<char>(value | 0x80);
            value >>= 7;
        }
        bytes += static_cast<char>(value);
    }

    uint32_t takeNumber(std::string_view &bytes)
    {
        uint32_t value = 0;
        for (unsigned shift = 0; shift < 32 && !bytes.empty(); shift += 7) {
            const auto byte = static_cast<uint8_t>(bytes.front());
            bytes.remove_prefix(1);
            value |= uint32_t(byte & 0x7F) << shift;
            if (byte < 0x80)
                break;
        }
        return value;
    }

    void putPen(std::string &bytes, const Pen &pen)
    {
        putNumber(bytes, uint32_t(pen.flags) << 3 | uint32_t(pen.underline));
        putNumber(bytes, pen.foreground.bits());
        putNumber(bytes, pen.background.bits());
        putNumber(bytes, pen.underlineColor.bits());
        putNumber(bytes, pen.link);
    }

    Pen takePen(std::string_view &bytes)
    {
        Pen pen;
        const uint32_t attributes = takeNumber(bytes);
        pen.flags = uint16_t(attributes >> 3);
        pen.underline = UnderlineStyle(std::min<uint32_t>(attributes & 7, uint32_t(UnderlineStyle::Dashed)));
        pen.foreground = TerminalColor::fromBits(takeNumber(bytes));
        pen.background = TerminalColor::fromBits(takeNumber(bytes));
        pen.underlineColor = TerminalColor::fromBits(takeNumber(bytes));
        pen.link = takeNumber(bytes);
        return pen;
    }

    // Of text that was encoded here.
    char32_t takeCodePoint(std::string_view &text)
    {
        const auto lead = static_cast<uint8_t>(text.front());
        const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (text.size() < length) {
            text = {};
            return U'\uFFFD';
        }
        char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
        for (size_t i = 1; i < length; ++i)
            c = (c << 6) | (static_cast<uint8_t>(text[i]) & 0x3F);
        text.remove_prefix(length);
        return c;
    }
}

PackedShape packLine(const CellSpan &line, std::string &packed)
{
    uint32_t any = 0;
    uint32_t pens = 0;
    for (size_t i = 0; i < line.count; ++i) {
        any |= line.cells[i].text;
        pens |= line.cells[i].pen;
    }
    const bool isAscii = any < 0x80;
    const bool isPlain = pens == PenTable::kDefault;
    packed += static_cast<char>((isAscii ? Ascii : 0) | (isPlain ? Plain : 0));
    if (!isPlain) {
        uint32_t runs = 1;
        for (size_t i = 1; i < line.count; ++i)
            runs += line.cells[i].pen != line.cells[i - 1].pen ? 1 : 0;
        putNumber(packed, runs);
        for (size_t begin = 0, end; begin < line.count; begin = end) {
            for (end = begin + 1; end < line.count && line.cells[end].pen == line.cells[begin].pen; ++end) { }
            putNumber(packed, uint32_t(end - begin));
            putPen(packed, line.pens->pen(line.cells[begin].pen));
        }
    }
    if (isAscii) {
        const size_t at = packed.size();
        packed.resize(at + line.count);
        char *to = packed.data() + at;
        for (size_t i = 0; i < line.count; ++i) {
            const auto text = static_cast<uint8_t>(line.cells[i].text);
            to[i] = static_cast<char>(text == 0 ? ' ' : text);
        }
        return {};
    }
    PackedShape shape;
    // Room for the longest that it can be, so that each character is only written.
    constexpr size_t kLongest = 4 * (1 + ClusterTable::kMostMarks);
    const size_t begin = packed.size();
    packed.resize(begin + line.count * kLongest);
    char *to = packed.data() + begin;
    for (size_t i = 0; i < line.count; ++i) {
        const Cell &cell = line.cells[i];
        if (cell.isWideTail()) {
            shape.hasWide = true;
        } else if (cell.isCluster()) {
            for (const char32_t c : line.clusters->cluster(cell.cluster()))
                to = putUtf8(to, c);
        } else {
            to = putUtf8(to, cell.isBlank() ? U' ' : char32_t(cell.text));
        }
    }
    packed.resize(size_t(to - packed.data()));
    return shape;
}

void unpackLine(std::string_view packed, LineCells &line)
{
    if (packed.empty())
        return;
    const auto kind = static_cast<uint8_t>(packed.front());
    packed.remove_prefix(1);
    const size_t first = line.cells.size();
    std::string_view runs;
    uint32_t runCount = 0;
    if ((kind & Plain) == 0) {
        runCount = takeNumber(packed);
        runs = packed;
        for (uint32_t i = 0; i < runCount && !packed.empty(); ++i) {
            takeNumber(packed);
            takePen(packed);
        }
    }
    if ((kind & Ascii) != 0) {
        line.cells.resize(first + packed.size());
        for (size_t i = 0; i < packed.size(); ++i)
            line.cells[first + i] = {static_cast<uint8_t>(packed[i]), 0};
    } else {
        while (!packed.empty()) {
            const char32_t c = takeCodePoint(packed);
            const int width = textWidth(c);
            if (width == 0 && line.cells.size() > first) {
                Cell &base = line.cells[line.cells.size() - (line.cells.back().isWideTail() ? 2 : 1)];
                if (!base.isCluster()) {
                    line.clusters.emplace_back(1, char32_t(base.text));
                    base.text = Cell::kCluster | uint32_t(line.clusters.size() - 1);
                }
                line.clusters[base.cluster()] += c;
                continue;
            }
            line.cells.push_back({c, 0});
            if (width == 2)
                line.cells.push_back({Cell::kWideTail, 0});
        }
    }
    if (runCount == 0) {
        if (line.cells.size() > first) {
            line.pens.emplace_back();
            for (size_t i = first; i < line.cells.size(); ++i)
                line.cells[i].pen = uint32_t(line.pens.size() - 1);
        }
        return;
    }
    size_t at = first;
    for (uint32_t i = 0; i < runCount && !runs.empty(); ++i) {
        const size_t end = std::min<size_t>(line.cells.size(), at + takeNumber(runs));
        line.pens.push_back(takePen(runs));
        for (; at < end; ++at)
            line.cells[at].pen = uint32_t(line.pens.size() - 1);
    }
    if (line.pens.empty())
        line.pens.emplace_back();
}

}
