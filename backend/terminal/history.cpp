#include "backend/terminal/history.h"

#include "backend/terminal/line_codec.h"
#include "backend/terminal/terminal_grid.h"

#include <algorithm>
#include <cstring>

namespace fb {

namespace {
    constexpr size_t kBlockLines = 256;
    constexpr size_t kBlockBytes = 64 * 1024;
    constexpr uint32_t kLongestLine = 32'768; // columns; what is longer is kept as several

    void putSize(std::string &bytes, uint32_t size)
    {
        bytes.append(reinterpret_cast<const char *>(&size), sizeof size);
    }
}

History::History(int columns, int64_t limit, std::string spillFolder)
    : m_columns(columns),
      m_limit(std::clamp<int64_t>(limit, 0, kMostRows)),
      m_spill(std::move(spillFolder))
{
}

void History::clear()
{
    while (!m_blocks.empty())
        dropFront();
    m_firstLine = m_endLine;
    m_isOpen = false;
}

void History::push(const GridRow &row, const PenTable &pens, const ClusterTable &clusters)
{
    if (m_limit == 0)
        return;
    if (m_blocks.empty()
        || (!m_isOpen
            && (m_blocks.back().lines.size() >= kBlockLines
                || m_blocks.back().bytes.size() >= kBlockBytes))) {
        Block block;
        block.firstRow = m_end;
        block.firstLine = m_endLine;
        m_blocks.push_back(std::move(block));
    }
    Block &block = m_blocks.back();
    if (!m_isOpen) {
        block.lines.push_back(row.isPrompt ? kPrompt : 0);
        block.offsets.push_back(uint32_t(block.bytes.size()));
        ++m_endLine;
    }
    const size_t sizeAt = block.bytes.size();
    putSize(block.bytes, 0);
    // A row that goes on is full; one column may be missing before a wide character.
    const size_t columns = row.wraps && row.used < m_columns - 1 ? size_t(m_columns) : size_t(row.used);
    const PackedShape shape = packLine({row.cells.data(), columns, &pens, &clusters}, block.bytes);
    const auto size = uint32_t(block.bytes.size() - sizeAt - sizeof(uint32_t));
    std::memcpy(block.bytes.data() + sizeAt, &size, sizeof size);

    uint32_t &line = block.lines.back();
    line += uint32_t(columns);
    if (shape.hasWide)
        line |= kHasWide;
    m_isOpen = row.wraps;
    if (m_isOpen && (line & kColumns) >= kLongestLine) {
        line |= kWrapsOn;
        m_isOpen = false;
    }
    ++m_end; // rows come as they were on the screen, so each is one at this width
    trim();
}

int64_t History::rowsInMemory() const
{
    return m_firstInMemory < m_blocks.size() ? m_end - m_blocks[m_firstInMemory].firstRow : 0;
}

void History::trim()
{
    while (rows() > m_limit) {
        Block &front = m_blocks.front();
        if (m_blocks.size() == 1 && front.dropped + 1 == front.lines.size())
            break; // the newest line stays, though it is longer than all that is to be kept
        const int64_t blockEnd = m_blocks.size() > 1 ? m_blocks[1].firstRow : m_end;
        const int64_t next = std::min(blockEnd, front.firstRow + rowsOf(front, front.dropped));
        if (m_end - next < m_limit)
            break;
        front.firstRow = m_begin = next;
        ++m_firstLine;
        if (++front.dropped == front.lines.size())
            dropFront();
    }
    if (rowsInMemory() > kRowsInMemory)
        spill();
}

void History::dropFront()
{
    const Block &front = m_blocks.front();
    m_firstLine = front.firstLine + int64_t(front.lines.size());
    if (front.isSpilled)
        m_spill.drop(front.place);
    if (m_firstInMemory > 0)
        --m_firstInMemory;
    m_blocks.pop_front();
    m_begin = m_blocks.empty() ? m_end : m_blocks.front().firstRow;
}

void History::spill()
{
    while (rowsInMemory() > kRowsInMemory && m_firstInMemory + 1 < m_blocks.size()) {
        Block &block = m_blocks[m_firstInMemory];
        std::string content(reinterpret_cast<const char *>(block.offsets.data()),
                            block.offsets.size() * sizeof(uint32_t));
        content += block.bytes;
        const auto place = m_spill.write(content);
        if (!place) { // no room: what can't be kept is dropped, oldest first
            for (size_t gone = m_firstInMemory + 1; gone > 0; --gone)
                dropFront();
            continue;
        }
        block.isSpilled = true;
        block.place = *place;
        std::string().swap(block.bytes); // an assignment would keep the room
        std::vector<uint32_t>().swap(block.offsets);
        block.lines.shrink_to_fit();
        ++m_firstInMemory;
    }
}

const History::Block &History::contentOf(const Block &block) const
{
    if (!block.isSpilled)
        return block;
    if (m_read.isSpilled && m_read.place.offset == block.place.offset
        && m_read.lines.size() == block.lines.size())
        return m_read;
    m_read = Block();
    const size_t tableBytes = block.lines.size() * sizeof(uint32_t);
    m_read.lines = block.lines;
    m_read.offsets.resize(block.lines.size());
    if (const auto content = m_spill.read(block.place); content && content->size() >= tableBytes) {
        std::memcpy(m_read.offsets.data(), content->data(), tableBytes);
        m_read.bytes = content->substr(tableBytes);
        m_read.isSpilled = true;
        m_read.place = block.place;
    }
    return m_read;
}

void History::decode(const Block &block, size_t line, LineCells &cells) const
{
    const Block &content = contentOf(block);
    cells.clear();
    const size_t end = line + 1 < content.offsets.size() ? content.offsets[line + 1] : content.bytes.size();
    std::string_view rest(content.bytes);
    rest = rest.substr(std::min<size_t>(content.offsets[line], rest.size()),
                       end - std::min<size_t>(content.offsets[line], end));
    while (rest.size() >= sizeof(uint32_t)) {
        uint32_t size = 0;
        std::memcpy(&size, rest.data(), sizeof size);
        rest.remove_prefix(sizeof size);
        unpackLine(rest.substr(0, size), cells);
        rest.remove_prefix(std::min<size_t>(size, rest.size()));
    }
    cells.isPrompt = (block.lines[line] & kPrompt) != 0;
    cells.wraps = (block.lines[line] & kWrapsOn) != 0;
}

void History::layOut(const LineCells &line, int columns, std::vector<size_t> &starts)
{
    starts.assign(1, 0);
    const auto width = size_t(columns);
    size_t at = 0;
    while (line.cells.size() - at > width) {
        at += width;
        if (line.cells[at].isWideTail())
            --at;
        starts.push_back(at);
    }
    starts.push_back(line.cells.size());
}

int64_t History::rowsOf(const Block &block, size_t line) const
{
    const uint32_t columns = block.lines[line] & kColumns;
    if ((block.lines[line] & kHasWide) == 0 || columns <= uint32_t(m_columns))
        return std::max<int64_t>(1, (columns + uint32_t(m_columns) - 1) / uint32_t(m_columns));
    LineCells cells;
    decode(block, line, cells);
    std::vector<size_t> starts;
    layOut(cells, m_columns, starts);
    return int64_t(starts.size()) - 1;
}

int64_t History::rowsOf(const Block &block) const
{
    int64_t rows = 0;
    for (size_t line = block.dropped; line < block.lines.size(); ++line)
        rows += rowsOf(block, line);
    return rows;
}

void History::setColumns(int columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    m_begin = m_end = 0;
    for (Block &block : m_blocks) {
        block.firstRow = m_end;
        m_end += rowsOf(block);
    }
    trim();
}

size_t History::blockOfRow(int64_t row) const
{
    const auto after = std::upper_bound(m_blocks.begin(), m_blocks.end(), row,
                                        [](int64_t r, const Block &block) { return r < block.firstRow; });
    return size_t(after - m_blocks.begin()) - 1;
}

size_t History::blockOfLine(int64_t line) const
{
    const auto after
        = std::upper_bound(m_blocks.begin(), m_blocks.end(), line,
                           [](int64_t number, const Block &block) { return number < block.firstLine; });
    return size_t(after - m_blocks.begin()) - 1;
}

History::Place History::placeOf(int64_t row) const
{
    const Block &block = m_blocks[blockOfRow(m_begin + row)];
    Place place {.block = &block, .line = block.dropped, .row = m_begin + row - block.firstRow};
    for (; place.line + 1 < block.lines.size(); ++place.line) {
        const int64_t count = rowsOf(block, place.line);
        if (place.row < count)
            break;
        place.row -= count;
    }
    return place;
}

void History::readRow(int64_t row, LineCells &line) const
{
    line.clear();
    if (row < 0 || row >= rows())
        return;
    const Place place = placeOf(row);
    decode(*place.block, place.line, line);
    std::vector<size_t> starts;
    layOut(line, m_columns, starts);
    const size_t which = std::min(size_t(place.row), starts.size() - 2);
    const bool isLast = which + 2 == starts.size();
    const bool isNewest
        = m_isOpen && place.block == &m_blocks.back() && place.line + 1 == place.block->lines.size();
    line.wraps = !isLast || isNewest || line.wraps;
    line.isPrompt = line.isPrompt && which == 0;
    line.cells.erase(line.cells.begin() + std::ptrdiff_t(starts[which + 1]), line.cells.end());
    line.cells.erase(line.cells.begin(), line.cells.begin() + std::ptrdiff_t(starts[which]));
}

int64_t History::lineOfRow(int64_t row) const
{
    if (m_blocks.empty())
        return m_endLine;
    const Place place = placeOf(std::clamp<int64_t>(row, 0, rows() - 1));
    return place.block->firstLine + int64_t(place.line);
}

int64_t History::rowOfLine(int64_t line) const
{
    if (line >= m_endLine || m_blocks.empty())
        return rows();
    line = std::max(line, m_firstLine);
    const Block &block = m_blocks[blockOfLine(line)];
    int64_t row = block.firstRow;
    for (size_t number = block.dropped; block.firstLine + int64_t(number) < line; ++number)
        row += rowsOf(block, number);
    return row - m_begin;
}

int64_t History::promptRow(int64_t row, bool older) const
{
    if (m_blocks.empty() || (older ? row <= 0 : row >= rows()))
        return -1;
    int64_t line = row < 0 ? m_firstLine - 1 : row >= rows() ? m_endLine : lineOfRow(row);
    if (older && line < m_endLine && rowOfLine(line) < row)
        ++line; // the row is not its first: it counts
    line += older ? -1 : 1;
    while (line >= m_firstLine && line < m_endLine) {
        const Block &block = m_blocks[blockOfLine(line)];
        const auto begin = std::max(block.firstLine, m_firstLine);
        const auto end = block.firstLine + int64_t(block.lines.size());
        for (; line >= begin && line < end; line += older ? -1 : 1) {
            if ((block.lines[size_t(line - block.firstLine)] & kPrompt) != 0)
                return rowOfLine(line);
        }
    }
    return -1;
}

void History::readLine(int64_t line, LineCells &cells) const
{
    cells.clear();
    if (line < m_firstLine || line >= m_endLine)
        return;
    const Block &block = m_blocks[blockOfLine(line)];
    decode(block, size_t(line - block.firstLine), cells);
}

bool History::popLine(LineCells &cells)
{
    if (m_blocks.empty())
        return false;
    Block &block = m_blocks.back();
    const size_t last = block.lines.size() - 1;
    decode(block, last, cells);
    if (block.isSpilled) { // all that was in memory has been taken already
        const Block &content = contentOf(block);
        block.offsets = content.offsets;
        block.bytes = content.bytes;
        block.isSpilled = false;
        m_spill.drop(block.place);
        m_firstInMemory = m_blocks.size() - 1;
    }
    block.bytes.resize(std::min<size_t>(block.offsets[last], block.bytes.size()));
    block.lines.pop_back();
    block.offsets.pop_back();
    m_end = block.firstRow + rowsOf(block);
    --m_endLine;
    m_isOpen = false;
    if (block.dropped == block.lines.size()) {
        m_blocks.pop_back();
        m_firstInMemory = std::min(m_firstInMemory, m_blocks.size());
        if (m_blocks.empty())
            m_begin = m_end;
    }
    return true;
}

size_t History::memoryBytes() const
{
    size_t bytes = m_read.bytes.capacity();
    for (const Block &block : m_blocks)
        bytes += sizeof(Block) + block.bytes.capacity()
            + (block.lines.capacity() + block.offsets.capacity()) * sizeof(uint32_t);
    return bytes;
}

}
