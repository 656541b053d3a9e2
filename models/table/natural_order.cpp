#include "models/table/natural_order.h"

namespace fb {

namespace {

    bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

    // The digits at the front of `text`, without leading zeros; they are taken off it.
    QStringView takeNumber(QStringView &text)
    {
        qsizetype end = 0;
        while (end < text.size() && isDigit(text[end]))
            ++end;
        QStringView number = text.first(end);
        text = text.sliced(end);
        while (number.size() > 1 && number.front() == u'0')
            number = number.sliced(1);
        return number;
    }
}

bool comesBeforeNaturally(QStringView a, QStringView b)
{
    while (!a.isEmpty() && !b.isEmpty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const QStringView x = takeNumber(a);
            const QStringView y = takeNumber(b);
            if (x.size() != y.size())
                return x.size() < y.size();
            if (x != y)
                return x < y;
            continue;
        }
        const QChar x = a.front().toCaseFolded();
        const QChar y = b.front().toCaseFolded();
        if (x != y)
            return x < y;
        a = a.sliced(1);
        b = b.sliced(1);
    }
    return a.isEmpty() && !b.isEmpty();
}

}
