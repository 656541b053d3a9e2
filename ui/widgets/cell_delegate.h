#pragma once
// Paints every table cell by what the column holds: a name, a state, a meter, a number, tags, an id, progress (look.md 6 and 8).
// Makes no widgets. Columns are told their kind once. Ui thread.

#include <QHash>
#include <QStyledItemDelegate>

#include <functional>

namespace fb {

class Theme;
struct BarPart;

enum class CellKind {
    Text, // secondary words
    Marked, // the same after a dot in a series colour (DotRole)
    Name, // first column: weight 500, with the row's check box
    State, // icon in its tone and word in `text` (StateRole)
    Meter, // bar and percent (FractionRole)
    Number, // right-aligned figures and times
    Tags, // TagsRole
    Id, // fixed font, elided in the middle
    Line, // fixed font, elided at the end: a line of a log
    Progress // segmented bar and text
};

class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(QObject *parent = nullptr);

    void setKind(int column, CellKind kind);
    CellKind kind(int column) const { return m_kinds.value(column, CellKind::Text); }
    void setProgressParts(std::function<QList<BarPart>(const QModelIndex &)> partsOf)
    {
        m_partsOf = std::move(partsOf);
    }
    void setChecks(bool shown) { m_checks = shown; } // a box in the name cell shows and toggles the selection
    void setTinted(std::function<bool(const QModelIndex &)> isTinted) { m_isTinted = std::move(isTinted); }
    static int checkWidth(const Theme &theme);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintState(QPainter *painter, const Theme &theme, QRect rect, const QModelIndex &index) const;
    void paintMarked(QPainter *painter, const Theme &theme, QRect rect, const QModelIndex &index) const;
    void paintMeter(QPainter *painter, const Theme &theme, QRect rect, const QModelIndex &index) const;
    void paintTags(QPainter *painter, const Theme &theme, QRect rect, const QModelIndex &index) const;
    void paintProgress(QPainter *painter, const Theme &theme, QRect rect, const QModelIndex &index) const;

    QHash<int, CellKind> m_kinds;
    std::function<QList<BarPart>(const QModelIndex &)> m_partsOf;
    std::function<bool(const QModelIndex &)> m_isTinted;
    bool m_checks = false;
};

}
