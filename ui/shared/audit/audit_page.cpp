#include "ui/shared/audit/audit_page.h"

#include "ui/charts/count_bar_chart.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/icon_button.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kCountPause = std::chrono::milliseconds(400);

    QList<CountKind> resultKinds()
    {
        QList<CountKind> kinds;
        for (int kind = 0; kind < AuditTable::ResultKinds; ++kind) {
            const auto each = static_cast<AuditTable::ResultKind>(kind);
            kinds.append({AuditTable::lookOf(each), AuditTable::kindWord(each)});
        }
        return kinds;
    }
}

RecordPageSetup AuditPage::setup(AuditViewModel &audit)
{
    using Column = AuditTable::Column;
    return {.address = u"audit"_s,
            .title = AuditPage::tr("Audit log"),
            .tableName = AuditPage::tr("Entries of the audit log"),
            .placeholder = AuditPage::tr("Filter: type a word, or result=denied"),
            .emptyText = AuditPage::tr("Nothing has been recorded yet. Every change, refusal and sign-in "
                                       "leaves an entry here that cannot be altered unnoticed."),
            .problemText = AuditPage::tr("The audit log could not be read."),
            .subtitle =
                [&audit](int total) {
                    return audit.older().hasAny() ? AuditPage::tr("the newest %n", nullptr, total)
                                                  : AuditPage::tr("%n entry(s)", nullptr, total);
                },
            .columns = {{Column::Time, CellKind::Number, 6},
                        {Column::Who, CellKind::Name, 6.5},
                        {Column::Action, CellKind::Text, 11.5},
                        {Column::Target, CellKind::Text, 11, true},
                        {Column::Result, CellKind::State, 7},
                        {Column::Source, CellKind::Text, 6, false, false},
                        {Column::Sequence, CellKind::Number, 4, false, false}},
            .sortColumn = Column::Time,
            .streams = true,
            .detail = [this](const QString &id) { return detailOf(id); }};
}

std::optional<RecordDetail> AuditPage::detailOf(const QString &id)
{
    const AuditLogRow *row = m_audit.values().value(id);
    if (!row)
        return std::nullopt;
    const auto kind = AuditTable::kindOf(row->result);
    RecordDetail detail {.title = row->action,
                         .id = row->target,
                         .state = AuditTable::lookOf(kind),
                         .stateWord = AuditTable::kindWord(kind),
                         .facts = AuditTable::facts(*row),
                         .tags = {},
                         .actions = {},
                         .raw = row->diff};
    const QList<AuditTable::Change> changes = AuditTable::changes(*row);
    if (!changes.isEmpty())
        detail.comparison = {.leftTitle = tr("Before"), .rightTitle = tr("After"), .values = {}};
    for (const AuditTable::Change &change : changes)
        detail.comparison.values.append({change.field, change.before, change.after});
    if (const QString address = AuditTable::addressOf(*row); !address.isEmpty())
        detail.actions = {{.name = u"auditTarget"_s,
                           .text = tr("Open the target"),
                           .icon = Icon::NextPart,
                           .run = [this, address] { emit navigate(address); },
                           .forbidden = {}}};
    return detail;
}

AuditPage::AuditPage(AuditViewModel &audit, QWidget *parent)
    : RecordPage(audit, setup(audit), parent),
      m_audit(audit),
      m_verify(makeButton(u"verifyAudit"_s, tr("Verify the chain"), Icon::Check)),
      m_chart(
          new CountBarChart(u"auditChart"_s, tr("What was done when, and what was refused?"), resultKinds()))
{
    m_verify->setToolTip(tr("Read every entry and check that none was changed, removed or added"));
    addAction(m_verify);
    addUnderHead(m_chart);
    m_chart->hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(kCountPause);
    connect(&m_soon, &QTimer::timeout, this, &AuditPage::countAgain);
    connect(&audit.table(), &LiveTableModel::shownChanged, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    connect(m_chart, &CountBarChart::periodChosen, this, &AuditPage::showOnlyPeriod);
    connect(m_chart, &CountBarChart::kindChosen, this, [this](int kind) {
        filter().toggleToken({.key = u"result"_s,
                              .values = {AuditTable::kindWord(static_cast<AuditTable::ResultKind>(kind))}});
    });
    connect(m_verify, &QPushButton::clicked, this, &AuditPage::verify);
    audit.source().whenBroken([self = QPointer<AuditPage>(this)](const AuditVerification &found) {
        if (self)
            self->showVerification(found);
    });
}

// Of the entries that are shown: a filter narrows the chart as well.
void AuditPage::countAgain()
{
    if (!isVisible())
        return; // when it comes to the front
    QList<std::pair<Instant, int>> moments;
    const auto count = [&moments](const AuditLogRow &entry) {
        moments.append({entry.at, AuditTable::kindOf(entry.result)});
    };
    const LiveTableModel &table = m_audit.table();
    moments.reserve(table.rowCount());
    if (table.query().isEmpty()) {
        std::ranges::for_each(m_audit.values().values(), count);
    } else {
        for (int row = 0; row < table.rowCount(); ++row) {
            if (const AuditLogRow *entry = m_audit.values().value(table.idAt(row)))
                count(*entry);
        }
    }
    m_chart->setBars(countBars(moments, AuditTable::ResultKinds, CountBarChart::kMostBars));
    m_chart->setVisible(!moments.isEmpty());
}

void AuditPage::showOnlyPeriod(Instant from, Instant to)
{
    const auto timeToken = [](FilterOperator op, Instant at) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000);
        return FilterToken {.key = u"time"_s, .op = op, .values = {local.toString(u"yyyy-MM-dd HH:mm:ss"_s)}};
    };
    TableQuery query = filter().query();
    query.tokens.removeIf([](const FilterToken &token) { return token.key == u"time"; });
    query.tokens.append(timeToken(FilterOperator::GreaterOrEqual, from));
    query.tokens.append(timeToken(FilterOperator::Less, to));
    filter().setQuery(query);
}

void AuditPage::verify()
{
    m_verify->setEnabled(false);
    m_verify->setText(tr("Verifying..."));
    m_audit.source().verify(
        [self = QPointer<AuditPage>(this)](qint64 read, qint64 all) {
            if (self)
                self->showProgress(read, all);
        },
        [self = QPointer<AuditPage>(this)](const AuditVerification &result) {
            if (self)
                self->showVerification(result);
        });
}

void AuditPage::showProgress(qint64 read, qint64 all)
{
    if (!m_verify->isEnabled()) // else the verdict was faster
        m_verify->setText(tr("Verifying: %1 of %2").arg(QLocale().toString(read), QLocale().toString(all)));
}

void AuditPage::showVerification(const AuditVerification &result)
{
    m_verify->setEnabled(true);
    m_verify->setText(tr("Verify the chain"));
    if (!result.error.isEmpty()) {
        banner().showProblem(result.error, tr("The audit log could not be verified."));
    } else if (result.intact) {
        banner().showMessage(
            Tone::Success, Icon::Success, tr("The chain is intact."),
            tr("%n entry(s) verified, none changed or missing.", nullptr, static_cast<int>(result.entries)));
    } else {
        banner().showMessage(
            Tone::Failed, Icon::Failed,
            tr("The chain breaks at entry %1.").arg(QLocale().toString(result.firstBad)),
            tr("%1. Keep the store and its backups as they are for the investigation.").arg(result.problem));
    }
    banner().setAction({});
}

}
