#include "ui/nodes/sessions/port_line.h"

namespace fb {

std::optional<int> PortLine::port() const
{
    bool isNumber = false;
    const int number = text().trimmed().toInt(&isNumber);
    return isNumber && number >= 1 && number <= 65535 ? std::optional(number) : std::nullopt;
}

std::optional<int> PortLine::portOrNone() const
{
    const QString shown = text().trimmed();
    return shown.isEmpty() || shown == u"0" ? std::optional(0) : port();
}

}
