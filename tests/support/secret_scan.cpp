#include "tests/support/secret_scan.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    struct Pattern {
        const char *what;
        QList<QByteArray>
            needles; // none of these, and there is nothing to look for: most of a program's bytes
        QRegularExpression expression;
    };

    const QList<Pattern> &keysAndTokens()
    {
        // A key is one with its content; "\n" also as a string in a source has it.
        static const QList<Pattern> patterns {
            {"a private key",
             {"PRIVATE KEY"},
             QRegularExpression(u"-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----(\\s|\\\\[nr])+"
                                "([A-Za-z-]+: [^\\n]*\\n)*\\s*[A-Za-z0-9+/]{20}"_s)},
            {"a PuTTY key", {"PuTTY-User-Key"}, QRegularExpression(u"PuTTY-User-Key-File-\\d: [a-z]"_s)},
            {"an AWS key",
             {"AKIA", "ASIA"},
             QRegularExpression(u"\\b(AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}\\b"_s)},
            {"a GitHub token",
             {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"},
             QRegularExpression(u"\\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})"_s)},
            {"a GitLab token", {"glpat-"}, QRegularExpression(u"\\bglpat-[A-Za-z0-9_-]{20}\\b"_s)},
            {"a Slack token", {"xox"}, QRegularExpression(u"\\bxox[abeoprs]-[0-9A-Za-z-]{20}"_s)},
            {"a Google key", {"AIza"}, QRegularExpression(u"\\bAIza[0-9A-Za-z_-]{35}\\b"_s)},
            {"a signed web token",
             {".eyJ"},
             QRegularExpression(u"\\beyJ[A-Za-z0-9_-]{16,}\\.eyJ[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"_s)},
        };
        return patterns;
    }

    const QList<Pattern> &defaultPasswords()
    {
        // PASSWORD=hunter2, "password": "hunter2", --password hunter2; not password=$1, PASSWORD, <password>, %1, "".
        static const QList<Pattern> patterns {
            {"a password in an address",
             {"://"},
             QRegularExpression(u"\\b(https?|wss?|ssh|postgres(ql)?|ftp|smb)://"
                                "[A-Za-z0-9._-]+:[A-Za-z0-9._!#-]{4,}@[A-Za-z0-9]"_s)},
            {"a password",
             {},
             QRegularExpression(u"(?i:\\b[\\w-]*(password|passwd|passphrase|secret|api[_-]?key|"
                                "access[_-]?token|activation[_-]code))[\"']?(\\s*[:=]\\s*|\\s+)[\"']?"
                                "(?=[a-z0-9]*[0-9])(?=[a-z0-9]*[a-z])[a-z0-9+/!#-]{6,}"_s)},
        };
        return patterns;
    }

    void findAll(const QList<Pattern> &patterns, const QByteArray &bytes, QStringList &found)
    {
        QString text; // of any bytes
        for (const Pattern &pattern : patterns) {
            const auto isThere = [&bytes](const QByteArray &needle) { return bytes.contains(needle); };
            if (!pattern.needles.isEmpty()
                && std::none_of(pattern.needles.begin(), pattern.needles.end(), isThere))
                continue;
            if (text.isEmpty())
                text = QString::fromLatin1(bytes);
            for (auto match = pattern.expression.globalMatch(text); match.hasNext();)
                found.append(
                    u"%1 at %2"_s.arg(QLatin1StringView(pattern.what)).arg(match.next().capturedStart()));
        }
    }

}

QStringList secretsIn(const QByteArray &bytes, SecretKinds kinds)
{
    QStringList found;
    findAll(keysAndTokens(), bytes, found);
    if (kinds == SecretKinds::DefaultPasswords && !bytes.contains('\0'))
        findAll(defaultPasswords(), bytes, found);
    return found;
}

QStringList secretsInFile(const QString &path, SecretKinds kinds)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {path + u": cannot be read"_s};
    QStringList found = secretsIn(file.readAll(), kinds);
    for (QString &one : found)
        one = path + u": "_s + one;
    return found;
}

QStringList secretsBelow(const QString &folder, SecretKinds kinds, int *files)
{
    QStringList found;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        found += secretsInFile(walk.next(), kinds);
        if (files)
            ++*files;
    }
    return found;
}

}
