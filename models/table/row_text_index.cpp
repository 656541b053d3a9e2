#include "models/table/row_text_index.h"

#include <array>
#include <cstring>

namespace fb {

namespace {

    // How common a byte is in names, addresses and versions: the search looks for a word's rarest byte first.
    constexpr std::array<uint8_t, 256> commonness()
    {
        std::array<uint8_t, 256> rank {};
        rank.fill(10);
        constexpr std::string_view order = " .1e0-2atnrioslc3d45u6789ghbpmyvwkfxjzq";
        for (size_t i = 0; i < order.size(); ++i)
            rank[static_cast<uint8_t>(order[i])] = static_cast<uint8_t>(250 - i * 5);
        return rank;
    }
    constexpr auto kCommonness = commonness();

    class Needle
    {
    public:
        explicit Needle(const std::string &word) : m_word(word)
        {
            for (size_t i = 1; i < word.size(); ++i) {
                if (rank(i) < rank(m_rare))
                    m_rare = i;
            }
        }

        bool isIn(const char *text, size_t length) const
        {
            const size_t size = m_word.size();
            if (size > length)
                return false;
            const char *at = text + m_rare;
            const char *const end
                = text + length - (size - 1 - m_rare); // one past the last place of the rare byte
            while (at < end) {
                at = static_cast<const char *>(
                    std::memchr(at, m_word[m_rare], static_cast<size_t>(end - at)));
                if (!at)
                    return false;
                if (std::memcmp(at - m_rare, m_word.data(), size) == 0)
                    return true;
                ++at;
            }
            return false;
        }

    private:
        uint8_t rank(size_t i) const { return kCommonness[static_cast<uint8_t>(m_word[i])]; }

        const std::string &m_word;
        size_t m_rare = 0;
    };
}

std::string RowTextIndex::folded(const QString &text)
{
    bool ascii = true;
    for (const QChar c : text)
        ascii = ascii && c.unicode() < 0x80;
    if (ascii)
        return text.toLower().toStdString();
    return text.normalized(QString::NormalizationForm_KC).toCaseFolded().toStdString();
}

std::vector<std::string> RowTextIndex::words(const QString &query)
{
    std::vector<std::string> words;
    const QStringList parts = query.simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts)
        words.push_back(folded(part));
    return words;
}

bool RowTextIndex::narrows(const std::vector<std::string> &previous, const std::vector<std::string> &next)
{
    return std::all_of(previous.begin(), previous.end(), [&](const std::string &old) {
        return std::any_of(next.begin(), next.end(),
                           [&](const std::string &word) { return word.find(old) != std::string::npos; });
    });
}

void RowTextIndex::clear()
{
    m_text.clear();
    m_spans.clear();
    m_wasted = 0;
}

void RowTextIndex::append(const std::string &foldedText)
{
    const auto size = static_cast<uint32_t>(foldedText.size());
    m_spans.push_back({static_cast<uint32_t>(m_text.size()), size, size});
    if (m_text.capacity() - m_text.size() < size) // by an eighth: doubling would waste half of it
        m_text.reserve(m_text.size() + m_text.size() / 8 + 64 * 1024);
    m_text += foldedText;
}

void RowTextIndex::set(size_t row, const std::string &foldedText)
{
    Span &span = m_spans[row];
    const auto size = static_cast<uint32_t>(foldedText.size());
    if (size <= span.room) {
        std::memcpy(m_text.data() + span.begin, foldedText.data(), size);
        span.length = size;
        return;
    }
    m_wasted += span.room;
    const uint32_t room = size + 16; // the next small growth stays in place
    span = {static_cast<uint32_t>(m_text.size()), size, room};
    m_text += foldedText;
    m_text.append(room - size, '\0');
    if (m_wasted > m_text.size() / 2)
        compact();
}

void RowTextIndex::removeSwappingLast(size_t row)
{
    m_wasted += m_spans[row].room;
    m_spans[row] = m_spans.back();
    m_spans.pop_back();
    if (m_wasted > m_text.size() / 2)
        compact();
}

void RowTextIndex::compact()
{
    std::string text;
    text.reserve(m_text.size() - m_wasted);
    for (Span &span : m_spans) {
        const auto begin = static_cast<uint32_t>(text.size());
        text.append(m_text, span.begin, span.room);
        span.begin = begin;
    }
    m_text = std::move(text);
    m_wasted = 0;
}

void RowTextIndex::keepMatches(const std::vector<std::string> &words, std::vector<uint8_t> &rows) const
{
    for (const std::string &word : words) {
        const Needle needle(word);
        for (size_t row = 0; row < m_spans.size(); ++row) {
            if (rows[row])
                rows[row] = needle.isIn(m_text.data() + m_spans[row].begin, m_spans[row].length);
        }
    }
}

bool RowTextIndex::matches(size_t row, const std::vector<std::string> &words) const
{
    const Span &span = m_spans[row];
    return std::all_of(words.begin(), words.end(), [&](const std::string &word) {
        return Needle(word).isIn(m_text.data() + span.begin, span.length);
    });
}

}
