#include "ui/shell/console_link.h"

#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

ConsoleLink ConsoleLink::read(const QString &text)
{
    const auto refuse = [](const QString &problem) { return ConsoleLink {{}, problem}; };
    if (text.size() > kMostChars)
        return refuse(u"the address has more than %1 characters"_s.arg(kMostChars));
    for (const QChar letter : text) {
        if (!letter.isPrint() || letter.isSpace()) // control, format and direction characters, too
            return refuse(u"the address holds blanks or control characters"_s);
    }
    const auto scheme = u"flagbridge://"_s;
    if (!text.startsWith(scheme))
        return refuse(u"only flagbridge:// addresses open here"_s);
    QString address = text.mid(scheme.size());
    if (address.endsWith(u'/'))
        address.chop(1); // as some desktops write it
    // Words of a page, then the item; percent signs and other marks only in the view behind "?".
    static const QRegularExpression form(
        u"^[a-z][a-z-]*(?:/(?!\\.\\.?(?:/|$|\\?))[\\w.:@+=,~-]+)*(?:\\?[^\\\\\"<>`]*)?$"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    if (!form.match(address).hasMatch())
        return refuse(u"this is not the address of a page"_s);
    return {address, {}};
}

}
