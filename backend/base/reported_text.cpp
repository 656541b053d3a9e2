#include "backend/base/reported_text.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"

namespace fb {

QString reportedText(std::string_view bytes, size_t most)
{
    const std::string valid = withVisibleEscapes(toValidUtf8(bytes.substr(0, most * 4)));
    return toQString(firstCodePoints(valid, most)).simplified();
}

}
