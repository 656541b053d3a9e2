#pragma once
// The fleet's CA as the console shows it, and the nodes that are behind with its roll-over. Values; ui thread.

#include "models/table/value_table_model.h"

#include <QCoreApplication>

namespace fb {

struct ShownFleetCa {
    Q_DECLARE_TR_FUNCTIONS(fb::ShownFleetCa)
public:
    enum class Phase { Stable, Published, Issuing };

    Phase phase = Phase::Stable;
    QString sha256; // of the present CA, hex
    Instant notAfter {};
    QString nextSha256; // empty: there is none
    Instant nextNotAfter {};
    int nodes = 0; // registered
    int trusting = 0; // of them have confirmed what is to be trusted now
    int renewed = 0; // of them have come with a certificate of the next CA
    int waitedFor = 0; // would be left behind by the next step
    int behind = 0; // may be more than are listed
    bool operator==(const ShownFleetCa &) const = default;

    bool endsSoon(Instant now) const; // half a year
    QString progress() const; // one sentence; empty while there is no roll-over
};

struct CaNodeRow {
    QString id;
    QString name;
    bool connected = false;
    bool trusts = false; // has confirmed the next CA
    bool renewed = false; // has come with its certificate
    bool waitedFor = false; // the next step would leave it behind
    QString refusal; // why it has not taken the next CA: its own words
    bool operator==(const CaNodeRow &) const = default;
};

struct CaNodeTable {
    Q_DECLARE_TR_FUNCTIONS(fb::CaNodeTable)
public:
    enum Column { Name, Link, Trust, Certificate, Refusal, Id };

    static QString idOf(const CaNodeRow &row) { return row.id; }
    static QString title(const CaNodeRow &row);
    static QList<TableColumn<CaNodeRow>> columns();
    static QString stateWord(const CaNodeRow &row);
    static StateKind stateKind(const CaNodeRow &row);
    static QList<QPair<QString, QString>> facts(const CaNodeRow &row); // label, value
};

}
