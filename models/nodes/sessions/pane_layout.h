#pragma once
// How the panes of one tab lie: beside and below each other, each with its share. A value; panes are known by number. Ui thread.

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <Qt>

#include <optional>

namespace fb {

class PaneLayout
{
public:
    struct Part {
        int pane = 0; // 0: these parts, beside or below each other
        Qt::Orientation orientation = Qt::Horizontal; // of the parts: horizontal is beside
        QList<Part> parts {};
        QList<double> shares {}; // of 1, of each part
        bool operator==(const Part &) const = default;
    };
    static constexpr int kMostPanes = 32; // that a kept layout may have

    PaneLayout() = default; // of no pane
    explicit PaneLayout(int pane) : m_root {.pane = pane} { }
    static PaneLayout grid(const QList<int> &panes); // as square as can be, at least as wide as high

    const Part &root() const { return m_root; }
    QList<int> panes() const; // as one reads
    bool isEmpty() const { return m_root.pane == 0 && m_root.parts.isEmpty(); }
    bool contains(int pane) const { return panes().contains(pane); }

    // `added` takes half of the room of `pane`: at its right or below, or before it.
    void split(int pane, Qt::Orientation orientation, int added, bool before = false);
    void remove(int pane); // its neighbours take its room
    PaneLayout renumbered(const QHash<int, int> &numbers) const; // of each pane, by the number it has now
    void setShares(const QList<int> &path,
                   const QList<double> &shares); // of the part at `path` from the root

    QJsonObject toJson() const;
    static std::optional<PaneLayout> fromJson(const QJsonObject &json); // nothing: not one of ours
    bool operator==(const PaneLayout &) const = default;

private:
    Part m_root;
};

}
