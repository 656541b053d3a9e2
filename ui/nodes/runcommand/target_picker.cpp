#include "ui/nodes/runcommand/target_picker.h"

#include "ui/widgets/text_label.h"

#include <QCompleter>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace fb {

TargetPicker::TargetPicker(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_byNodes(new QRadioButton(this)),
      m_byTags(new QRadioButton(tr("Nodes with these tags"), this)),
      m_all(new QRadioButton(tr("All nodes"), this)),
      m_tags(new QLineEdit(this)),
      m_preview(new TextLabel(TextRole::Small, Token::Text2, this))
{
    const Metrics &m = themeOf(this).metrics();
    m_byNodes->setObjectName(QStringLiteral("targetsByNodes"));
    m_byTags->setObjectName(QStringLiteral("targetsByTags"));
    m_all->setObjectName(QStringLiteral("targetsAll"));
    m_tags->setObjectName(QStringLiteral("targetTags"));
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setPlaceholderText(QStringLiteral("env=prod role=web"));
    m_tags->setFixedWidth(m.lines(16));
    m_preview->setObjectName(QStringLiteral("targetPreview"));
    m_preview->setWordWrap(true);
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
    column->addWidget(m_preview);
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
    m_tags->setText(targets.tags.join(u' '));
    if (!m_nodeIds.isEmpty())
        m_byNodes->setChecked(true);
    else if (!targets.tags.isEmpty())
        m_byTags->setChecked(true);
    else
        m_all->setChecked(true);
    updatePreview();
}

QStringList TargetPicker::typedTags() const
{
    static const QRegularExpression kParts(QStringLiteral("[\\s,]+"));
    return m_tags->text().split(kParts, Qt::SkipEmptyParts);
}

RunTargets TargetPicker::targets() const
{
    RunTargets targets;
    if (m_byNodes->isChecked())
        targets.nodeIds = m_nodeIds;
    else if (m_byTags->isChecked())
        targets.tags = typedTags();
    else
        targets.all = true;
    return targets;
}

bool TargetPicker::matches(const NodeRow &row, const RunTargets &targets) const
{
    if (targets.all)
        return true;
    if (!targets.nodeIds.isEmpty())
        return targets.nodeIds.contains(row.id);
    QMap<QString, bool> keys; // a key with several values: one of them is enough
    for (const QString &tag : targets.tags)
        keys[tag.section(u'=', 0, 0)] |= row.tags.contains(tag);
    return !keys.isEmpty() && std::all_of(keys.begin(), keys.end(), [](bool hit) { return hit; });
}

int TargetPicker::matchCount() const
{
    const RunTargets wanted = targets();
    const auto &all = m_fleet.nodes().allNodes();
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [&](const NodeRow &row) { return matches(row, wanted); }));
}

void TargetPicker::updatePreview()
{
    const RunTargets wanted = targets();
    int away = 0;
    for (const NodeRow &row : m_fleet.nodes().allNodes())
        away += matches(row, wanted) && row.ping != PingState::Online && row.ping != PingState::Silent;
    const int count = matchCount();
    m_preview->setToken(Token::Text2);
    if (count == 0)
        m_preview->setText(tr("Matches no node now."));
    else if (away == 0)
        m_preview->setText(tr("Matches %n node(s) now, all online.", nullptr, count));
    else
        m_preview->setText(
            tr("Matches %n node(s) now; %1 offline, which get it if they come back in time.", nullptr, count)
                .arg(away));
    emit changed();
}

QString TargetPicker::validate()
{
    if (!m_byTags->isChecked())
        return {};
    const QStringList tags = typedTags();
    QString wrong;
    if (tags.isEmpty())
        wrong = tr("Enter at least one tag as key=value.");
    for (const QString &tag : tags) {
        if (tag.indexOf(u'=') <= 0)
            wrong = tr("Write each tag as key=value, for example env=prod.");
    }
    if (!wrong.isEmpty()) {
        m_preview->setText(wrong);
        m_preview->setTone(Tone::Failed);
        m_tags->setFocus();
    }
    return wrong;
}

}
