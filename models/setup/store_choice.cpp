#include "models/setup/store_choice.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>
#include <QUrl>
#include <QUrlQuery>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kMostPort = 65535;
    const auto kFile = u"/engine.ini"_s;

    // Of DNS, or an IP address of either kind.
    bool isHost(const QString &host)
    {
        static const QRegularExpression kHost(u"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"_s);
        static const QRegularExpression kIpv6(u"^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$"_s);
        return host.size() <= StoreChoice::kMostHost
            && (kHost.match(host).hasMatch() || kIpv6.match(host).hasMatch());
    }

    // Of PostgreSQL's names those that need no quoting anywhere.
    bool isName(const QString &name)
    {
        static const QRegularExpression kName(u"^[A-Za-z0-9_.-]{1,63}$"_s);
        return kName.match(name).hasMatch();
    }

    bool isSocketFolder(const QString &host) { return host.startsWith(u'/'); }

    bool isPlainPath(const QString &path)
    {
        static const QRegularExpression kOdd(u"[\\s;'\\\\]"_s);
        return !kOdd.match(path).hasMatch();
    }
}

std::optional<StoreChoice::Problem> StoreChoice::problem() const
{
    const auto portProblem = [](const QString &field, int number) -> std::optional<Problem> {
        if (number >= 1 && number <= kMostPort)
            return {};
        return Problem {field, tr("Enter a port from 1 to %1.").arg(kMostPort)};
    };
    if (kind == StoreKind::Postgres) {
        if (isSocketFolder(host) ? !isPlainPath(host) : !isHost(host))
            return Problem {u"host"_s,
                            tr("Enter a host name, an address, or the folder of a Unix socket such as "
                               "/run/postgresql.")};
        if (const auto wrong = portProblem(u"port"_s, port))
            return wrong;
        if (!isName(database))
            return Problem {u"database"_s,
                            tr("Enter the database's name: 1 to 63 letters, digits, dots, dashes and "
                               "underscores.")};
        if (!isName(user))
            return Problem {u"user"_s,
                            tr("Enter the user's name: 1 to 63 letters, digits, dots, dashes and "
                               "underscores.")};
        if (!passwordFile.isEmpty() && (!passwordFile.startsWith(u'/') || !isPlainPath(passwordFile)))
            return Problem {u"passwordFile"_s,
                            tr("Enter an absolute path without spaces, quotes, backslashes or semicolons.")};
        if (!passwordFile.isEmpty()) {
            if (!QFile::exists(passwordFile))
                return Problem {u"passwordFile"_s, tr("The file does not exist.")};
            if (QFile::permissions(passwordFile)
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther))
                return Problem {
                    u"passwordFile"_s,
                    tr("Other users can read this file, so PostgreSQL ignores it. Set its mode to 0600.")};
        }
    }
    if (kind != StoreKind::Demo && fromOtherMachines) {
        if (!isHost(nodeHost))
            return Problem {u"nodeHost"_s,
                            tr("Enter the name or address by which nodes reach this machine.")};
        if (const auto wrong = portProblem(u"nodePort"_s, nodePort))
            return wrong;
    }
    return {};
}

QString StoreChoice::storeUrl() const
{
    if (kind != StoreKind::Postgres)
        return {};
    QUrl url;
    url.setScheme(u"postgresql"_s);
    url.setUserName(user);
    url.setPath(u'/' + database);
    QUrlQuery query;
    if (isSocketFolder(host)) {
        url.setHost(u"localhost"_s);
        query.addQueryItem(u"host"_s, host);
    } else {
        url.setHost(host);
        query.addQueryItem(u"sslmode"_s, tls);
    }
    url.setPort(port);
    if (!passwordFile.isEmpty())
        query.addQueryItem(u"passfile"_s, passwordFile);
    if (!query.isEmpty())
        url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

QString StoreChoice::listen() const
{
    return u"%1:%2"_s.arg(fromOtherMachines ? u"0.0.0.0"_s : u"127.0.0.1"_s).arg(nodePort);
}

QString StoreChoice::advertise() const { return fromOtherMachines ? nodeHost : QString(); }

std::optional<StoreChoice> StoreChoice::kept(const QString &dataDir)
{
    const QSettings file(dataDir + kFile, QSettings::IniFormat);
    const QString store = file.value(u"store"_s).toString();
    if (store != u"sqlite" && store != u"postgresql")
        return {};
    StoreChoice choice;
    choice.kind = store == u"sqlite" ? StoreKind::Here : StoreKind::Postgres;
    choice.host = file.value(u"host"_s).toString();
    choice.port = file.value(u"port"_s, choice.port).toInt();
    choice.database = file.value(u"database"_s, choice.database).toString();
    choice.user = file.value(u"user"_s).toString();
    choice.tls = file.value(u"sslmode"_s, choice.tls).toString();
    choice.passwordFile = file.value(u"passwordFile"_s).toString();
    choice.fromOtherMachines = file.value(u"fromOtherMachines"_s).toBool();
    choice.nodePort = file.value(u"nodePort"_s, choice.nodePort).toInt();
    choice.nodeHost = file.value(u"nodeHost"_s).toString();
    return choice;
}

bool StoreChoice::keep(const QString &dataDir) const
{
    QSettings file(dataDir + kFile, QSettings::IniFormat);
    file.clear();
    file.setValue(u"store"_s, kind == StoreKind::Postgres ? u"postgresql"_s : u"sqlite"_s);
    if (kind == StoreKind::Postgres) {
        file.setValue(u"host"_s, host);
        file.setValue(u"port"_s, port);
        file.setValue(u"database"_s, database);
        file.setValue(u"user"_s, user);
        file.setValue(u"sslmode"_s, tls);
        file.setValue(u"passwordFile"_s, passwordFile);
    }
    file.setValue(u"fromOtherMachines"_s, fromOtherMachines);
    file.setValue(u"nodePort"_s, nodePort);
    file.setValue(u"nodeHost"_s, nodeHost);
    file.sync();
    return file.status() == QSettings::NoError;
}

bool StoreChoice::hasStore(const QString &dataDir)
{
    return QFileInfo::exists(dataDir + u"/flagbridge.db"_s);
}

}
