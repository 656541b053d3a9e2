#pragma once
// A text in little room, for values that are held by the hundred thousand: one pointer (a QString takes 24 bytes even where it is empty),
// to UTF-8 in one piece. Copies share it; who holds many makes equal ones the same (NodeTexts). Reads as a QString, made anew each time. A
// lone surrogate does not survive. Like any value: one thread changes it, any thread reads its own copy.

#include <QExplicitlySharedDataPointer>
#include <QHashFunctions>
#include <QSharedData>
#include <QString>

#include <cstdint>
#include <string_view>

namespace fb {

class CompactText
{
public:
    CompactText() = default;
    CompactText(const QString &text);

    QString text() const
    {
        const std::string_view bytes = utf8();
        return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
    }
    operator QString() const { return text(); }
    std::string_view utf8() const // for as long as the text lives
    {
        return m_piece ? std::string_view(m_piece->bytes(), m_piece->size) : std::string_view();
    }
    bool isEmpty() const { return !m_piece; }

    friend bool operator==(const CompactText &a, const CompactText &b)
    {
        return a.m_piece == b.m_piece || a.utf8() == b.utf8();
    }
    friend bool operator==(const CompactText &a, const QString &b) { return a == CompactText(b); }
    friend size_t qHash(const CompactText &text, size_t seed = 0)
    {
        return qHashBits(text.utf8().data(), text.utf8().size(), seed);
    }

private:
    struct Piece : QSharedData { // its bytes follow it
        uint32_t size = 0;

        const char *bytes() const { return reinterpret_cast<const char *>(this + 1); }
        static void operator delete(void *piece) { ::operator delete(piece); }
    };

    QExplicitlySharedDataPointer<Piece> m_piece; // null: empty
};

}
