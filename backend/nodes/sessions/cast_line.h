#pragma once
// One event of an asciinema v2 recording: [1.5, "o", "text"]. Read by hand, since a recording has millions of them. Any thread.

#include <QByteArray>

namespace fb {

class CastLine
{
public:
    bool read(QByteArrayView line); // false: it is not one; the fields mean nothing then

    qint64 at = 0; // microseconds, not below 0
    QByteArray code;
    QByteArray text; // UTF-8, whatever the line held

private:
    bool readTime();
    bool readString(QByteArray &out);
    bool readEscape(QByteArray &out);
    bool readUnit(char16_t &unit);
    bool take(char wanted); // after blanks
    void skipBlanks();

    const char *m_now = nullptr;
    const char *m_end = nullptr;
};

}
