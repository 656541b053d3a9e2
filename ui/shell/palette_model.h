#pragma once
// What the palette lists for a query: hits under the headings of their groups, the best of all known (ux.md 2). Ui thread.

#include "ui/theme/icon.h"

#include <QAbstractListModel>

#include <functional>

namespace fb {

// In the order of the list.
enum class PaletteGroup { Recent, Page, Command, Node, Tag, Document, Run };

struct PaletteEntry {
    Icon icon = Icon::None;
    QString title;
    QString context; // beside the title
    QString kind; // at the right: "Page", "Node"
    QString shortcut; // shown as a key cap; empty: none
    QString key; // the address that it opens, or the name of a command; by it a recent one is known again
    std::function<void()> run; // of a command; none: opens the address
    PaletteGroup group = PaletteGroup::Command;
};

class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    struct Row {
        QString heading; // empty: a hit
        PaletteEntry entry;
        QList<int> letters; // of the title, that the query matched
        int rank = 0; // the smaller the better
    };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override; // headings cannot be chosen

    const Row &row(int row) const { return m_rows[row]; }
    int hits() const { return m_hits; }
    int best() const { return m_best; } // row of the best hit; -1: none
    int next(int row, int step) const; // the hit after or before; the same when there is none

    // `mostOfEach`: hits of one group; 0: all.
    void show(const QList<PaletteEntry> &entries, const QString &query, int mostOfEach);

    // Letters of `query` found in order in `title`: their places, or nothing. An unbroken hit is preferred.
    static std::optional<QList<int>> match(const QString &title, const QString &query);

private:
    static QString headingOf(PaletteGroup group);

    QList<Row> m_rows;
    int m_hits = 0;
    int m_best = -1;
};

}
