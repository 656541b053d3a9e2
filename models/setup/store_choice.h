#pragma once
// Where a fleet's state lies and how nodes reach its engine, as chosen on the welcome page (ux.md 13); kept in DIR/engine.ini. Value; any
// thread.

#include <QCoreApplication>
#include <QMetaType>
#include <QString>

#include <optional>

namespace fb {

enum class StoreKind { Here, Postgres, Demo };

struct StoreChoice {
    Q_DECLARE_TR_FUNCTIONS(fb::StoreChoice)
public:
    StoreKind kind = StoreKind::Here;
    // Of PostgreSQL. Never a password: that is in a password file, as libpq reads it.
    QString host; // a name, an address, or the folder of a Unix socket
    int port = 5432;
    QString database = QStringLiteral("flagbridge");
    QString user;
    QString tls = QStringLiteral("verify-full"); // libpq's sslmode; not used on a Unix socket
    QString passwordFile; // empty: ~/.pgpass
    // How nodes come in.
    bool fromOtherMachines = false; // else only from this one
    int nodePort = 8443; // 1 to 65535
    QString nodeHost; // the name that nodes are told, when they come from other machines

    static constexpr int kMostHost = 253;

    struct Problem {
        QString field; // "host", "port", "database", "user", "passwordFile", "nodePort", "nodeHost"
        QString message; // what to do, in the operator's language
    };
    std::optional<Problem> problem() const; // the first, in the order of the form

    QString storeUrl() const; // empty: SQLite in the data folder
    QString listen() const; // "0.0.0.0:8443"
    QString advertise() const; // empty: the address it listens on

    // What was kept in `dataDir`; none where nothing was chosen yet.
    static std::optional<StoreChoice> kept(const QString &dataDir);
    bool keep(const QString &dataDir) const; // false: the file cannot be written
    static bool hasStore(const QString &dataDir); // a store was made there, chosen or not
};

}

Q_DECLARE_METATYPE(fb::StoreChoice)
