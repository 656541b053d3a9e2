#pragma once
// The units of one node, of one kind at a time, and what one of them holds (spec/fleet-manager.md 3.8). When the node goes, the last known ones
// stay with their time; it is asked for again every few seconds. Ui thread.

#include "models/nodes/tools/paced_reading.h"
#include "models/nodes/tools/service_source.h"

#include <QObject>

namespace fb {

class ServicesViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed, NoSystemd };
    enum class Choice { All, Running, Failed };

    ServicesViewModel(ServiceSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~ServicesViewModel() override; // closes the channel

    ValueTableModel<ServiceRow> &table() { return m_table; } // of the choice
    const ServiceRow *unit(const QString &name) const; // of all
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; } // of all states but Waiting and Live
    Instant asOf() const { return m_asOf; } // of what is shown; 0: nothing is yet
    int total() const { return m_snapshot.total; }
    int count(Choice choice) const;
    bool isCut() const { return m_snapshot.total > m_snapshot.units.size(); }

    const QString &type() const { return m_type; }
    void setType(const QString &type); // reads anew
    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    void setLooking(bool looking) { m_reading.setLooking(looking); }
    void readNow() { m_reading.readNow(); }
    void readAll(); // and the details
    void perform(const ServiceDeed &deed);
    const QStringList &performing() const { return m_performing; } // units that something is done to
    bool isPerforming(const QString &unit) const { return m_performing.contains(unit); }

    // The one whose details are wanted; empty: none. What was read of another is forgotten.
    void look(const QString &unit);
    const QString &looked() const { return m_looked; }
    const std::optional<ServiceDetail> &detail() const { return m_detail; }
    const ShownError &detailProblem() const { return m_detailProblem; }

    static constexpr std::chrono::seconds kInterval {10};

signals:
    void changed(); // state, time, counts, what is shown
    void detailChanged();
    void done(const fb::ServiceDeed &deed, const fb::ServiceOutcome &outcome);
    void refused(const fb::ServiceDeed &deed, const fb::ShownError &problem);

private:
    void ask();
    void take(const ShownError &problem, const ServiceSnapshot &snapshot);
    void show();
    void readDetail();
    static bool isChosen(const ServiceRow &row, Choice choice);

    ServiceSource &m_source;
    QString m_nodeId;
    ValueTableModel<ServiceRow> m_table;
    ServiceSnapshot m_snapshot;
    QString m_type = QStringLiteral("service");
    Choice m_choice = Choice::All;
    State m_state = State::Waiting;
    ShownError m_problem;
    Instant m_asOf {};
    QStringList m_performing;
    QString m_looked;
    quint64 m_detailToken = 0; // of the newest reading
    std::optional<ServiceDetail> m_detail;
    ShownError m_detailProblem;
    PacedReading m_reading;
};

}
