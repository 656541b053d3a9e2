#include "backend/base/compact_text.h"

#include <cstring>
#include <new>

namespace fb {

CompactText::CompactText(const QString &text)
{
    if (text.isEmpty())
        return;
    const QByteArray bytes = text.toUtf8();
    const auto size = static_cast<size_t>(bytes.size());
    char *const room = static_cast<char *>(::operator new(sizeof(Piece) + size));
    auto *const piece = new (room) Piece;
    piece->size = static_cast<uint32_t>(size);
    std::memcpy(room + sizeof(Piece), bytes.constData(), size);
    m_piece = QExplicitlySharedDataPointer<Piece>(piece);
}

}
