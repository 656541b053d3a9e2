#include "ui/nodes/runcommand/target_picker.h"

#include "models/nodes/runcommand/run_target_text.h"
#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QListWidget>
#include <QRadioButton>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

namespace {
    constexpr qsizetype kListed = 500; // nodes; a longer list nobody reads here
}

TargetPicker::TargetPicker(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_byNodes(new QRadioButton(this)),
      m_byTags(new QRadioButton(tr("Nodes with these tags"), this)),
      m_all(new QRadioButton(tr("All nodes"), this)),
      m_tags(new QLineEdit(this)),
      m_preview(new TextLabel(TextRole::Small, Token::Text2, this)),
      m_toggle(makeButton(QStringLiteral("targetListToggle"), {}, Icon::Expand, ButtonKind::Plain, this)),
      m_list(new QListWidget(this))
{
    const Metrics &m = themeOf(this).metrics();
    m_byNodes->setObjectName(QStringLiteral("targetsByNodes"));
    m_byTags->setObjectName(QStringLiteral("targetsByTags"));
    m_all->setObjectName(QStringLiteral("targetsAll"));
    m_tags->setObjectName(QStringLiteral("targetTags"));
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setPlaceholderText(QStringLiteral("env=prod role=web"));
    m_tags->setFixedWidth(m.lines(20));
    m_list->setObjectName(QStringLiteral("targetList"));
    m_list->setAccessibleName(tr("Nodes that match"));
    m_list->setUniformItemSizes(true);
    m_list->setFixedHeight(m.lines(7));
    m_list->hide();
    m_preview->setObjectName(QStringLiteral("targetPreview"));
    auto *tagLine = new QHBoxLayout;
    tagLine->setSpacing(m.fieldGap());
    tagLine->addWidget(m_byTags);
    tagLine->addWidget(m_tags);
    tagLine->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(0.5));
    column->addWidget(m_byNodes);
    column->addLayout(tagLine);
    column->addWidget(m_all);
    column->addSpacing(m.step(1));
    auto *previewLine = new QHBoxLayout;
    previewLine->setSpacing(m.toolGap());
    previewLine->addWidget(m_preview);
    previewLine->addWidget(m_toggle);
    previewLine->addStretch(1);
    column->addLayout(previewLine);
    column->addWidget(m_list);
    connect(m_toggle, &QPushButton::clicked, this, [this] {
        m_list->setVisible(!m_list->isVisible());
        updatePreview();
    });
    connect(m_tags, &QLineEdit::editingFinished, this, [this] {
        if (m_byTags->isChecked() && !m_tags->text().trimmed().isEmpty() && !wrongTags().isEmpty())
            showWrong(wrongTags());
    });
    for (QRadioButton *button : {m_byNodes, m_byTags, m_all})
        connect(button, &QRadioButton::toggled, this, &TargetPicker::updatePreview);
    connect(m_tags, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (!text.isEmpty())
            m_byTags->setChecked(true);
        updatePreview();
    });
    connect(&m_fleet, &FleetViewModel::countsChanged, this, &TargetPicker::updatePreview);
    setTargets({});
}

void TargetPicker::setTargets(const RunTargets &targets)
{
    m_nodeIds = targets.nodeIds;
    m_byNodes->setText(m_nodeIds.size() == 1 && m_fleet.nodes().node(m_nodeIds.first())
                           ? m_fleet.nodes().node(m_nodeIds.first())->name
                           : tr("%n chosen node(s)", nullptr, static_cast<int>(m_nodeIds.size())));
    m_byNodes->setVisible(!m_nodeIds.isEmpty());
    m_tags->setText(RunTargetText::typed(targets.tags));
    if (!m_nodeIds.isEmpty())
        m_byNodes->setChecked(true);
    else if (targets.all)
        m_all->setChecked(true);
    else
        m_byTags->setChecked(true); // nothing yet: never everything by accident
    updatePreview();
}

RunTargets TargetPicker::targets() const
{
    RunTargets targets;
    if (m_byNodes->isChecked())
        targets.nodeIds = m_nodeIds;
    else if (m_byTags->isChecked())
        targets.tags = RunTargetText::parse(m_tags->text());
    else
        targets.all = true;
    return targets;
}

// By id or by tags: a key with several values wants one of them.
QList<const NodeRow *> TargetPicker::matching() const
{
    const RunTargets wanted = targets();
    const QSet<QString> ids(wanted.nodeIds.begin(), wanted.nodeIds.end());
    QMap<QString, QStringList> byKey;
    for (const QString &tag : wanted.tags)
        byKey[tag.section(u'=', 0, 0)] << tag;
    const auto hasTags = [&](const NodeRow &row) {
        return !byKey.isEmpty() && std::all_of(byKey.begin(), byKey.end(), [&](const QStringList &any) {
            return std::any_of(any.begin(), any.end(),
                               [&](const QString &tag) { return row.tags.contains(tag); });
        });
    };
    QList<const NodeRow *> rows;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (wanted.all || (ids.isEmpty() ? hasTags(row) : ids.contains(row.id)))
            rows << &row;
    }
    return rows;
}

int TargetPicker::matchCount() const { return static_cast<int>(matching().size()); }

QStringList TargetPicker::matchNames() const
{
    QStringList names;
    const QList<const NodeRow *> rows = matching();
    for (const NodeRow *row : rows)
        names << visibleText(row->name, 80);
    names.sort(Qt::CaseInsensitive);
    return names;
}

void TargetPicker::updatePreview()
{
    const QList<const NodeRow *> rows = matching();
    const auto count = static_cast<int>(rows.size());
    const auto away = static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const NodeRow *row) {
        return row->ping != PingState::Online && row->ping != PingState::Silent;
    }));
    m_toggle->setVisible(count > 0 || m_list->isVisible());
    m_toggle->setText(m_list->isVisible() ? tr("Hide the nodes") : tr("Show the nodes"));
    m_toggle->setIcon(Theme::icon(m_list->isVisible() ? Icon::Collapse : Icon::Expand));
    m_isWrong = m_isWrong && m_byTags->isChecked() && !wrongTags().isEmpty();
    if (m_isWrong) {
        m_preview->setText(wrongTags()); // live while wrong
    } else {
        m_preview->setToken(Token::Text2);
        m_tags->setProperty("fbWrong", false);
        m_tags->update();
        m_preview->setText(count == 0 ? tr("Matches no node now.")
                               : away == 0
                               ? tr("Matches %n node(s) now.", nullptr, count)
                               : tr("Matches %n node(s) now (%1 offline).", nullptr, count).arg(away));
    }
    m_preview->setToolTip(away > 0 ? tr("Nodes that are offline run it if they come back in time.")
                                   : QString());
    updateList(rows);
    emit changed();
}

void TargetPicker::updateList(QList<const NodeRow *> rows)
{
    if (!m_list->isVisible())
        return;
    const qsizetype listed = qMin(rows.size(), kListed);
    std::partial_sort(
        rows.begin(), rows.begin() + listed, rows.end(),
        [](const NodeRow *a, const NodeRow *b) { return a->name.compare(b->name, Qt::CaseInsensitive) < 0; });
    const qsizetype more = rows.size() - listed;
    rows.resize(listed);
    const int scrolled = m_list->currentRow();
    m_list->clear();
    for (const NodeRow *row : std::as_const(rows)) {
        auto *item
            = new QListWidgetItem(tr("%1, %2").arg(visibleText(row->name, 80), PingWords::word(row->ping)));
        item->setIcon(Theme::icon(lookOf(PingWords::kind(row->ping)).icon));
        m_list->addItem(item);
    }
    if (more > 0)
        m_list->addItem(tr("and %n more", nullptr, static_cast<int>(more)));
    m_list->setCurrentRow(qMin(scrolled, m_list->count() - 1));
}

QString TargetPicker::wrongTags() const
{
    const QStringList tags = RunTargetText::parse(m_tags->text());
    if (tags.isEmpty())
        return tr("Enter at least one tag as key=value.");
    for (const QString &tag : tags) {
        if (tag.indexOf(u'=') <= 0)
            return tr("Write each tag as key=value, for example env=prod.");
    }
    return {};
}

void TargetPicker::showWrong(const QString &wrong)
{
    m_isWrong = true;
    m_preview->setText(wrong);
    m_preview->setTone(Tone::Failed);
    m_tags->setProperty("fbWrong", true);
    m_tags->setAccessibleDescription(wrong);
    m_tags->update();
}

QWidget *TargetPicker::validate()
{
    if (!m_byTags->isChecked() || wrongTags().isEmpty())
        return nullptr;
    showWrong(wrongTags());
    return m_tags;
}

bool TargetPicker::showError(const QString &message)
{
    m_preview->setText(message);
    m_preview->setTone(Tone::Failed);
    (m_byTags->isChecked()        ? static_cast<QWidget *>(m_tags)
         : m_byNodes->isChecked() ? m_byNodes
                                  : m_all)
        ->setFocus();
    return true;
}

}
