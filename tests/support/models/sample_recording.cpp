#include "tests/support/models/sample_recording.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QByteArray castHeader()
{
    return "{\"version\":2,\"width\":80,\"height\":24,\"timestamp\":1764000000,\"title\":\"web-1\"}\n";
}

QByteArray castLine(double at, const char *code, const QString &text)
{
    return QJsonDocument(QJsonArray {at, QLatin1String(code), text}).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray sampleCast()
{
    return castHeader() + castLine(0, "r", u"100x30"_s) + castLine(0, "o", u"$ "_s)
        + castLine(1.5, "o", u"ls\r\n"_s) + castLine(2, "m", u"deploy begins"_s)
        + castLine(3, "o", u"a b\r\n$ "_s) + castLine(63, "o", u"exit\r\n"_s)
        + castLine(64, "m", u"recording gap: 12 bytes are missing, the store took no more"_s)
        + castLine(65, "o", u"bye\r\n"_s);
}

std::shared_ptr<const Recording> recordingOf(const QByteArray &cast)
{
    return Recording::read(cast).recording;
}

void NotingScreen::restart(int columns, int rows)
{
    said = u"restart %1x%2"_s.arg(columns).arg(rows);
    shown.clear();
    waiting = 0;
    ++restarts;
}

void NotingScreen::resize(int columns, int rows)
{
    shown += "<" + QByteArray::number(columns) + "x" + QByteArray::number(rows) + ">";
}

void NotingScreen::write(const QByteArray &bytes)
{
    shown += bytes;
    waiting += bytes.size();
    if (takesAtOnce)
        take();
}

void pass(RecordingPlayer &player, std::chrono::milliseconds time)
{
    for (; time.count() > 0 && player.isPlaying(); time -= 20ms)
        player.tick(20ms);
}

}
