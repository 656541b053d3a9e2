#include "tests/integration/tools/test_journal.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QtEndian>

#include <algorithm>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    const auto kRemote = u"/lib/systemd/systemd-journal-remote"_s;
}

QByteArray TestJournal::exportText(const QList<TestEntry> &entries)
{
    QByteArray text;
    for (const TestEntry &entry : entries) {
        text += "__REALTIME_TIMESTAMP=" + QByteArray::number(entry.micros) + '\n';
        text += "__MONOTONIC_TIMESTAMP=" + QByteArray::number(entry.micros % 1'000'000'000'000) + '\n';
        text += "_BOOT_ID=0123456789abcdef0123456789abcdef\n_MACHINE_ID=fedcba9876543210fedcba9876543210\n";
        for (const auto &[name, value] : entry.fields) {
            const bool isPlain = value.size() < 50'000 && std::all_of(value.begin(), value.end(), [](char c) {
                                     return static_cast<unsigned char>(c) >= 0x20 && c < 0x7f;
                                 });
            if (isPlain) {
                text += name + '=' + value + '\n';
                continue;
            }
            char size[8];
            qToLittleEndian(static_cast<quint64>(value.size()), size);
            text += name + '\n' + QByteArray(size, 8) + value + '\n';
        }
        text += '\n';
    }
    return text;
}

bool TestJournal::append(const QList<TestEntry> &entries)
{
    QFile in(m_folder.filePath(u"in.export"_s));
    const QByteArray text = exportText(entries);
    if (!QDir().mkpath(folder()) || !in.open(QIODevice::WriteOnly) || in.write(text) != text.size())
        return false;
    in.close();
    QProcess remote;
    remote.start(kRemote, {u"--output="_s + folder() + u"/test.journal"_s, in.fileName()});
    return remote.waitForFinished() && remote.exitCode() == 0;
}

QList<QByteArray> TestJournal::journalctl(const QStringList &arguments) const
{
    QProcess program;
    program.start(u"journalctl"_s,
                  QStringList {u"-D"_s, folder(), u"--output=json"_s, u"--all"_s, u"--no-pager"_s}
                      + arguments);
    program.waitForFinished();
    QList<QByteArray> lines = program.readAllStandardOutput().split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

}
