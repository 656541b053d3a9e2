#pragma once
// The rows that have left the top of the screen. Kept as whole lines, packed, in blocks; a row is found by its number at the present
// width, so that another width costs one pass over the lines' lengths and copies nothing. What is beyond 50,000 rows lies encrypted in a
// temporary file (spec/session-manager.md 5). One thread.
//
// Rows are counted from the oldest one kept. A line that still goes on in the screen's first row is "open".

#include "backend/terminal/line_cells.h"
#include "backend/terminal/spill_file.h"

#include <deque>
#include <memory>

namespace fb {

class ClusterTable;
class PenTable;
struct GridRow;

class History
{
public:
    static constexpr int64_t kMostRows = 1'000'000;
    static constexpr int64_t kRowsInMemory = 50'000;

    History(int columns, int64_t limit, std::string spillFolder); // limit: rows, 0 to kMostRows

    void push(const GridRow &row, const PenTable &pens, const ClusterTable &clusters);
    void clear();
    void setColumns(int columns);

    int64_t rows() const { return m_end - m_begin; }
    int64_t droppedRows() const { return m_begin; } // since clear() or setColumns()
    void readRow(int64_t row, LineCells &line) const;

    // Lines, for search and for a place that outlives another width: from firstLine() to endLine(), numbers are never used again.
    int64_t firstLine() const { return m_firstLine; }
    int64_t endLine() const { return m_endLine; }
    int64_t lineOfRow(int64_t row) const;
    int64_t rowOfLine(int64_t line) const; // its first row
    void readLine(int64_t line, LineCells &cells) const; // whole
    bool endsOpen() const { return m_isOpen; }
    // Where the nearest line with a prompt begins that lies wholly before, or after, a row; -1: none. By the lines' marks alone.
    int64_t promptRow(int64_t row, bool older) const;
    // Takes the newest line away again; false: there is none.
    bool popLine(LineCells &cells);

    size_t memoryBytes() const;

    // Where the rows of a line begin, at a width: a wide character is never cut. `starts` ends with the line's length.
    static void layOut(const LineCells &line, int columns, std::vector<size_t> &starts);

private:
    struct Block {
        int64_t firstRow = 0;
        int64_t firstLine = 0;
        std::vector<uint32_t> lines; // columns of each, and flags
        std::vector<uint32_t> offsets; // of each in bytes
        std::string bytes;
        size_t dropped = 0; // lines at the front that are gone
        bool isSpilled = false;
        SpillFile::Place place;
    };

    static constexpr uint32_t kHasWide = 1U << 31;
    static constexpr uint32_t kPrompt = 1U << 30;
    static constexpr uint32_t kWrapsOn = 1U << 29; // a very long line goes on in the next one
    static constexpr uint32_t kColumns = kWrapsOn - 1;

    int64_t rowsOf(const Block &block, size_t line) const;
    int64_t rowsOf(const Block &block) const;
    int64_t rowsInMemory() const;
    struct Place { // of a row
        const Block *block = nullptr;
        size_t line = 0; // in the block
        int64_t row = 0; // of the line's
    };
    Place placeOf(int64_t row) const; // there must be one
    size_t blockOfRow(int64_t row) const; // row: absolute
    size_t blockOfLine(int64_t line) const;
    void decode(const Block &block, size_t line, LineCells &cells) const;
    const Block &contentOf(const Block &block) const;
    void trim();
    void spill();
    void dropFront();

    int m_columns;
    int64_t m_limit;
    std::deque<Block> m_blocks;
    size_t m_firstInMemory = 0; // index of the first block that is not in the file
    int64_t m_begin = 0;
    int64_t m_end = 0;
    int64_t m_firstLine = 0;
    int64_t m_endLine = 0;
    bool m_isOpen = false;
    SpillFile m_spill;
    mutable Block m_read; // the block of the file that was read last
};

}
