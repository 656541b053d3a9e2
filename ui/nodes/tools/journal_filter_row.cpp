#include "ui/nodes/tools/journal_filter_row.h"

#include "models/charts/time_range.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kMostText = 300; // characters; of at most 4 bytes
    constexpr int kMostNames = 16;

    QString bootText(const JournalBoot &boot)
    {
        return RelativeTime::exact(boot.first) + u" – "_s + RelativeTime::exact(boot.last);
    }

    void fill(QComboBox &box, const QStringList &names)
    {
        const QSignalBlocker quiet(box);
        const QString typed = box.currentText();
        while (box.count() > 1)
            box.removeItem(1);
        box.addItems(names);
        box.setEditText(typed);
    }
}

JournalFilterRow::JournalFilterRow(QWidget *parent)
    : QWidget(parent),
      m_text(new QLineEdit),
      m_case(
          makeIconButton(u"journalCase"_s, Icon::MatchCase,
                         tr("Match case. When off, case matters only if the pattern has a capital letter"))),
      m_unit(makeNames(u"journalUnit"_s, tr("All units"), tr("Unit"))),
      m_identifier(makeNames(u"journalProgram"_s, tr("All programs"), tr("Program"))),
      m_priority(new QComboBox),
      m_boot(new QComboBox),
      m_time(new QComboBox),
      m_clear(makeButton(u"journalClear"_s, tr("Clear"), Icon::Close, ButtonKind::Plain)),
      m_problem(new TextLabel(TextRole::Body)),
      m_tools(new QWidget)
{
    const Metrics &m = themeOf(this).metrics();
    m_text->setObjectName(u"journalText"_s);
    m_text->setAccessibleName(tr("Only entries whose message contains"));
    m_text->setPlaceholderText(tr("Only messages with... (a pattern; Enter)"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(kMostText);
    m_case->setCheckable(true);
    m_case->setProperty("fbOutlined", true);
    m_priority->setObjectName(u"journalPriority"_s);
    m_priority->setAccessibleName(tr("Priority"));
    m_priority->addItem(tr("All priorities"), -1);
    for (int priority = 0; priority < 7; ++priority)
        m_priority->addItem(priority == 0 ? JournalColumns::priorityWord(0)
                                          : tr("%1 and worse").arg(JournalColumns::priorityWord(priority)),
                            priority);
    m_boot->setObjectName(u"journalBoot"_s);
    m_boot->setAccessibleName(tr("Boot"));
    m_boot->addItem(tr("All boots"), QString());
    m_boot->setMinimumContentsLength(8);
    m_boot->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_time->setObjectName(u"journalTime"_s);
    m_time->setAccessibleName(tr("Time"));
    m_time->setEditable(true);
    m_time->setInsertPolicy(QComboBox::NoInsert);
    m_time->setMinimumContentsLength(12);
    m_time->addItem(tr("Any time"));
    for (const Microseconds last :
         {Microseconds(std::chrono::minutes(15)), Microseconds(std::chrono::hours(1)),
          Microseconds(std::chrono::hours(24)), Microseconds(std::chrono::hours(168))})
        m_time->addItem(TimeRangeText::text({.last = last}));
    m_time->lineEdit()->setPlaceholderText(tr("last 3 h, or 2026-11-20 10:00 to 12:00"));
    m_time->setToolTip(tr("For example: last 3 h, or 2026-11-20 10:00 to 12:00"));
    m_clear->setEnabled(false);
    m_problem->setObjectName(u"journalProblem"_s);
    m_problem->setTone(Tone::Failed);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_applied = typed();

    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(m.toolGap());
    auto *first = new QHBoxLayout;
    first->setSpacing(m.toolGap());
    first->addWidget(m_text, 1);
    first->addWidget(m_case);
    first->addWidget(m_tools);
    auto *second = new QHBoxLayout;
    second->setSpacing(m.toolGap());
    second->addWidget(m_unit, 3);
    second->addWidget(m_identifier, 3);
    second->addWidget(m_priority, 2);
    second->addWidget(m_boot, 2);
    second->addWidget(m_time, 3);
    second->addWidget(m_clear);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addLayout(first);
    column->addLayout(second);
    column->addWidget(m_problem);

    connect(m_text, &QLineEdit::returnPressed, this, &JournalFilterRow::apply);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            apply(); // its clear button
    });
    connect(m_case, &QToolButton::toggled, this, &JournalFilterRow::apply);
    for (QComboBox *box : {m_priority, m_boot})
        connect(box, &QComboBox::currentIndexChanged, this, &JournalFilterRow::apply);
    for (QComboBox *box : {m_unit, m_identifier, m_time}) {
        connect(box, &QComboBox::activated, this, &JournalFilterRow::apply);
        connect(box->lineEdit(), &QLineEdit::editingFinished, this, [this] {
            if (typed() != m_applied) // else the focus only went elsewhere
                apply();
        });
    }
    connect(m_clear, &QPushButton::clicked, this, &JournalFilterRow::clear);
}

QComboBox *JournalFilterRow::makeNames(const QString &objectName, const QString &all, const QString &name)
{
    auto *box = new QComboBox;
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->addItem(all);
    box->lineEdit()->setPlaceholderText(all);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    return box;
}

void JournalFilterRow::setChoices(const QStringList &units, const QStringList &identifiers,
                                  const QList<JournalBoot> &boots)
{
    fill(*m_unit, units);
    fill(*m_identifier, identifiers);
    const QSignalBlocker quiet(m_boot);
    const QString chosen = m_boot->currentData().toString();
    while (m_boot->count() > 1)
        m_boot->removeItem(1);
    for (qsizetype i = 0; i < boots.size(); ++i)
        m_boot->addItem(i == 0 ? tr("The newest boot: %1").arg(bootText(boots[i])) : bootText(boots[i]),
                        boots[i].id);
    m_boot->setCurrentIndex(std::max(0, m_boot->findData(chosen)));
    m_boot->setVisible(!boots.isEmpty());
}

void JournalFilterRow::addTool(QWidget *button) { m_tools->layout()->addWidget(button); }

void JournalFilterRow::focusText() { m_text->setFocus(Qt::ShortcutFocusReason); }

bool JournalFilterRow::isEmpty() const
{
    return m_text->text().isEmpty() && namesIn(*m_unit).isEmpty() && namesIn(*m_identifier).isEmpty()
        && m_priority->currentIndex() == 0 && m_boot->currentIndex() == 0 && timeText().isEmpty();
}

void JournalFilterRow::clear()
{
    setFilter({}, {});
    apply();
}

QString JournalFilterRow::timeText() const
{
    const QString text = m_time->currentText().trimmed();
    return text == m_time->itemText(0) ? QString() : text;
}

QStringList JournalFilterRow::namesIn(const QComboBox &box)
{
    const QString text = box.currentText().trimmed();
    if (text.isEmpty() || text == box.itemText(0))
        return {};
    static const QRegularExpression kBetween(u"[,\\s]+"_s);
    return text.split(kBetween, Qt::SkipEmptyParts);
}

void JournalFilterRow::setFilter(const JournalFilter &filter, const QString &time)
{
    const QList<QWidget *> all {m_text, m_case, m_unit, m_identifier, m_priority, m_boot, m_time};
    for (QWidget *each : all)
        each->blockSignals(true);
    m_text->setText(filter.text);
    m_case->setChecked(filter.matchCase.value_or(false));
    m_unit->setEditText(filter.units.isEmpty() ? m_unit->itemText(0) : filter.units.join(u", "_s));
    m_identifier->setEditText(filter.identifiers.isEmpty() ? m_identifier->itemText(0)
                                                           : filter.identifiers.join(u", "_s));
    m_priority->setCurrentIndex(std::max(0, m_priority->findData(filter.priority)));
    m_boot->setCurrentIndex(std::max(0, m_boot->findData(filter.boot)));
    m_time->setEditText(time.isEmpty() ? m_time->itemText(0) : time);
    for (QWidget *each : all)
        each->blockSignals(false);
}

QString JournalFilterRow::typed() const
{
    return QStringList {m_text->text(),
                        m_unit->currentText(),
                        m_identifier->currentText(),
                        m_priority->currentText(),
                        m_boot->currentText(),
                        m_time->currentText(),
                        m_case->isChecked() ? u"case"_s : QString()}
        .join(u'\n');
}

void JournalFilterRow::apply()
{
    m_applied = typed();
    JournalFilter filter {.units = namesIn(*m_unit),
                          .identifiers = namesIn(*m_identifier),
                          .priority = m_priority->currentData().toInt(),
                          .boot = m_boot->currentData().toString(),
                          .text = m_text->text(),
                          .matchCase = m_case->isChecked() ? std::optional(true) : std::nullopt};
    QString problem;
    static const QRegularExpression kUnit(u"\\A[A-Za-z0-9:_.\\\\@-]{1,255}\\z"_s);
    for (const QString &unit : std::as_const(filter.units)) {
        if (!kUnit.match(unit).hasMatch())
            problem = tr("\"%1\" is not a valid unit name. Enter names such as ssh or nginx.service, "
                         "separated by commas; patterns are not allowed.")
                          .arg(visibleText(unit, 80));
    }
    if (filter.units.size() > kMostNames || filter.identifiers.size() > kMostNames)
        problem = tr("Enter at most %n units or programs.", nullptr, kMostNames);
    if (const QString time = timeText(); problem.isEmpty() && !time.isEmpty()) {
        const TimeRangeReading reading = TimeRangeText::read(time, m_now, Microseconds(0));
        if (!reading.range)
            problem = reading.problem;
        else if (reading.range->isLive())
            filter.since = reading.range->begin(m_now);
        else {
            filter.since = reading.range->from;
            filter.until = reading.range->to;
        }
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_clear->setEnabled(!isEmpty());
    if (problem.isEmpty())
        emit filterChanged(filter);
}

}
