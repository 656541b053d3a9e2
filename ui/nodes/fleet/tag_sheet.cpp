#include "ui/nodes/fleet/tag_sheet.h"

#include "models/table/visible_text.h"
#include "ui/nodes/fleet/tag_editor.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/wrap_layout.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSet>

namespace fb {

using namespace Qt::StringLiterals;

TagSheet::TagSheet(FleetViewModel &fleet, const QStringList &nodeIds, QWidget *window)
    : Sheet(tr("Tags of %n node(s)", nullptr, static_cast<int>(nodeIds.size())), window),
      m_fleet(fleet),
      m_nodeIds(nodeIds),
      m_set(new TagEditor)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"tagSheet"_s);
    auto *setTitle = new TextLabel(tr("Set on each of them"), TextRole::SectionHeading);
    auto *setWords = new TextLabel(tr("A tag with the same key gets the new value. All other tags stay."),
                                   TextRole::Body, Token::Text2);
    setWords->setWordWrap(true);
    body()->addWidget(setTitle);
    body()->addWidget(setWords);
    body()->addWidget(m_set);
    m_set->setTags({{}});

    QSet<QString> keys;
    for (const QString &id : nodeIds) {
        if (const NodeRow *node = m_fleet.nodes().node(id)) {
            for (const NodeTag &tag : node->tagPairs)
                keys.insert(tag.key);
        }
    }
    QStringList sorted(keys.begin(), keys.end());
    sorted.sort();
    if (!sorted.isEmpty()) {
        body()->addWidget(new TextLabel(tr("Remove from those that have it"), TextRole::SectionHeading));
        auto *box = new QWidget;
        new WrapLayout(m.step(4), m.step(2), box);
        for (const QString &key : std::as_const(sorted)) {
            auto *check = new QCheckBox(visibleText(key, 60).replace(u'&', u"&&"_s));
            check->setObjectName(u"tagRemoveKey"_s);
            check->setProperty("fbKey", key);
            check->setAccessibleName(tr("Remove %1").arg(visibleText(key, 60)));
            box->layout()->addWidget(check);
            m_removed << check;
        }
        body()->addWidget(box);
    }
    body()->addStretch(1);
    auto *cancel = makeButton(u"tagSheetCancel"_s, tr("Cancel"));
    auto *apply
        = makeButton(u"tagSheetApply"_s, tr("Change %n node(s)", nullptr, static_cast<int>(nodeIds.size())),
                     Icon::None, ButtonKind::Primary);
    markChange(apply, "ssm:AddTagsToResource");
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(apply);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(apply, &QPushButton::clicked, this, &TagSheet::submit);
}

void TagSheet::submit()
{
    if (!m_set->showProblems())
        return;
    QStringList removed;
    for (const QCheckBox *check : std::as_const(m_removed)) {
        if (check->isChecked())
            removed << check->property("fbKey").toString();
    }
    QList<NodeTagChange> changes;
    for (const QString &id : std::as_const(m_nodeIds))
        changes.append({.nodeId = id, .set = m_set->tags(), .removed = removed});
    m_fleet.changeTags(changes);
    close();
}

}
