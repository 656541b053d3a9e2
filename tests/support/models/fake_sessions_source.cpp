#include "tests/support/models/fake_sessions_source.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<SessionRow> FakeSessionsSource::sample(Instant now)
{
    const QStringList nodes {u"db-tyo-primary"_s, u"web-tyo-01"_s, u"edge-fra-02"_s, u"queue-tyo-01"_s};
    const QStringList reasons {u"Slow queries since 10:20"_s, u"Roll out nginx 1.26"_s, QString(),
                               u"<b>check</b> the disks"_s};
    const QStringList statuses {u"Connected"_s,  u"Connected"_s,  u"Disconnected"_s,
                                u"Terminated"_s, u"Terminated"_s, u"Failed"_s};
    QList<SessionRow> rows;
    for (int i = 0; i < 12; ++i) {
        SessionRow row;
        row.id = u"m.tanaka-0a1b2c3d4e5f607%1"_s.arg(10 + i);
        row.nodeName = nodes[i % 4];
        row.nodeId = u"mi-0c41f7b29d83a65e%1"_s.arg(i % 4);
        row.owner = i % 3 == 1 ? u"k.suzuki"_s : u"m.tanaka"_s;
        row.document = u"SSM-SessionManagerRunShell"_s;
        row.status = i < 6 ? statuses[i] : u"Terminated"_s;
        row.reason = reasons[i % 4];
        row.runAs = u"ssm-user"_s;
        row.started = now - (i * 53min + 4min);
        if (i >= 3) {
            row.ended = row.started + 17min;
            row.details = row.status == u"Failed" ? u"node connection lost"_s : u"exited 0"_s;
        }
        row.bytesOut = 1200 + i * 77'000;
        row.recorded = i != 4;
        row.recordingHash = row.isEnded() && row.recorded ? QString(u"9f2c4ad1"_s).repeated(8) : QString();
        row.raw = u"{\n    \"SessionId\": \"%1\"\n}\n"_s.arg(row.id);
        rows << row;
    }
    return rows;
}

QByteArray FakeSessionsSource::sampleCast()
{
    QByteArray cast
        = "{\"version\":2,\"width\":96,\"height\":26,\"timestamp\":1764000000,\"title\":\"edge-fra-02\"}\n";
    const auto add = [&cast](double at, const char *code, const QString &text) {
        cast += QJsonDocument(QJsonArray {at, QLatin1String(code), text}).toJson(QJsonDocument::Compact)
            + '\n';
    };
    double at = 0.4;
    const QString prompt = u"\x1b[32mops@edge-fra-02\x1b[0m:\x1b[34m~\x1b[0m$ "_s;
    const auto type = [&](const QString &line) { // key by key, as it was echoed
        for (const QChar key : line)
            add(at += 0.13, "o", key);
        add(at += 0.3, "o", u"\r\n"_s);
    };
    add(0, "r", u"96x26"_s);
    add(at, "o", prompt);
    type(u"uptime"_s);
    add(at += 0.1, "o", u" 10:40:51 up 41 days,  2 users,  load average: 4.12, 3.87, 2.90\r\n"_s + prompt);
    at += 18;
    type(u"systemctl is-active nginx checkout"_s);
    add(at += 0.2, "o", u"\x1b[32mactive\x1b[0m\r\n\x1b[31mfailed\x1b[0m\r\n"_s + prompt);
    add(at += 4, "m", u"roll-out begins"_s);
    type(u"journalctl -u checkout -n 12"_s);
    for (int i = 0; i < 12; ++i)
        add(at += 0.02, "o",
            u"Nov 26 10:41:%1 checkout[2114]: \x1b[33mWARN\x1b[0m pool \"shop-primary\" waits for a connection\r\n"_s
                .arg(10 + i));
    add(at += 0.1, "o",
        u"Nov 26 10:41:31 checkout[2114]: \x1b[31mERROR\x1b[0m pool exhausted: 64 of 64 in use\r\n"_s
            + prompt);
    at += 240;
    type(u"ss -tn state established | peers"_s);
    add(at += 0.3, "o",
        u"     64 10.20.2.21:5432\r\n     12 10.20.3.31:6379\r\n      4 10.20.4.41:5672\r\n"_s + prompt);
    add(at += 30, "m", u"recording gap: 4096 bytes are missing, the store took no more"_s);
    at += 90;
    type(u"systemctl restart checkout"_s);
    add(at += 2.5, "o", prompt);
    add(at += 3, "m", u"<b>restarted</b>"_s);
    type(u"curl -s localhost:8080/healthz"_s);
    add(at += 0.4, "o",
        u"{\r\n  \x1b[34m\"pool\"\x1b[0m: \x1b[32m\"shop-primary\"\x1b[0m,\r\n  \x1b[34m\"in_use\"\x1b[0m: "
        u"7,\r\n"
        "  \x1b[34m\"waiting\"\x1b[0m: 0\r\n}\r\n"_s
            + prompt);
    for (int i = 0; i < 40; ++i)
        add(at += 9, "o", u"\r\n10:5%1:0%2 200 /api/cart \x1b[32m0.03%2\x1b[0m"_s.arg(i / 10).arg(i % 10));
    add(at += 20, "o", u"\r\n"_s + prompt);
    type(u"exit"_s);
    return cast;
}

}
