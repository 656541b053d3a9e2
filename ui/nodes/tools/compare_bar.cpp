#include "ui/nodes/tools/compare_bar.h"

#include "ui/charts/chart_theme.h"
#include "ui/nodes/tools/compare_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/wrap_layout.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    class LineSample final : public QWidget
    {
    public:
        explicit LineSample(int color) : m_color(color) { setFixedWidth(themeOf(this).metrics().step(5)); }

    protected:
        void paintEvent(QPaintEvent *) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(seriesPen(themeOf(this), m_color));
            painter.drawLine(QPointF(0, height() / 2.0), QPointF(width(), height() / 2.0));
        }

    private:
        int m_color;
    };
}

CompareBar::CompareBar(ComparedNodes &nodes, QWidget *parent) : QWidget(parent), m_nodes(nodes)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"compareBar"_s);
    setAccessibleName(tr("Nodes in these charts"));
    new WrapLayout(m.step(2), m.step(2), this);
    connect(&m_nodes, &ComparedNodes::changed, this, &CompareBar::rebuild);
    rebuild();
}

QPushButton *CompareBar::makeChoice(const QString &objectName)
{
    auto *button = makeButton(objectName, tr("Compare..."), Icon::Compare);
    button->setToolTip(tr("Show other nodes in the same charts"));
    connect(button, &QPushButton::clicked, this, [this] { (new CompareSheet(m_nodes, window()))->open(); });
    return button;
}

void CompareBar::setNotes(const QHash<QString, QString> &notes)
{
    if (notes == m_notes)
        return;
    m_notes = notes;
    for (auto label = m_noteLabels.constBegin(); label != m_noteLabels.constEnd(); ++label) {
        label.value()->setText(notes.value(label.key()));
        label.value()->setVisible(!notes.value(label.key()).isEmpty());
    }
    layout()->invalidate();
    updateGeometry();
}

void CompareBar::rebuild()
{
    const QStringList ids = m_nodes.all();
    const QStringList names = m_nodes.names();
    setVisible(!m_nodes.others().isEmpty());
    if (const QStringList now = ids + names; std::exchange(m_shown, now) == now)
        return;
    const Metrics &m = themeOf(this).metrics();
    m_noteLabels.clear();
    while (QLayoutItem *item = layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one whose button was pressed
        delete item;
    }
    for (int i = 0; i < ids.size(); ++i) {
        auto *node = new Surface(Token::Raised, this);
        node->setOutline(Token::Border, Metrics::kChipRadius);
        auto *line = new QHBoxLayout(node);
        line->setContentsMargins(m.step(2), 0, m.step(i > 0 ? 0.5 : 2), 0);
        line->setSpacing(m.step(1.5));
        auto *name = new TextLabel(names[i], TextRole::SmallMedium);
        name->setObjectName(u"compareName"_s);
        auto *note = new TextLabel(m_notes.value(ids[i]), TextRole::Small, Token::Text2);
        note->setObjectName(u"compareNote"_s);
        note->setVisible(!note->text().isEmpty());
        m_noteLabels.insert(ids[i], note);
        line->addWidget(new LineSample(i));
        line->addWidget(name);
        line->addWidget(note);
        node->setFixedHeight(m.row());
        if (i > 0) {
            auto *away = makeIconButton(u"compareRemove"_s, Icon::Close,
                                        tr("Remove %1 from the charts").arg(names[i]));
            away->setProperty("fbNode", ids[i]);
            connect(away, &QToolButton::clicked, this, [this, id = ids[i]] { m_nodes.remove(id); });
            line->addWidget(away);
        }
        layout()->addWidget(node);
        node->show();
    }
    updateGeometry();
}

}
