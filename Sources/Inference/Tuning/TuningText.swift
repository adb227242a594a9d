/// The text on which tuning measures perplexity: plain prose of several kinds, written for this purpose, so that no model
/// has learned it by heart.
enum TuningText {
    static let text = """
        The harbour wakes before the town does. At four in the morning the first lamps are lit along the quay, and the smell of
        diesel and wet rope drifts up the lanes. Maria has worked here for thirty-one years, and she can tell by the sound of an
        engine which boat is coming in and how heavy it lies in the water. "You listen for the low note," she says. "If the note
        is low, the catch is good." She unloads the crates, weighs the fish, writes the figures in a book, and by seven o'clock
        everything is sold. Then she drinks a cup of coffee with too much sugar and goes home to sleep.

        Bread needs only flour, water, salt and time. Mix five hundred grams of flour with three hundred and fifty grams of water
        and leave it for half an hour. Add ten grams of salt and a little yeast, fold the dough four times over the next two hours,
        and put it in a cool place overnight. In the morning it will have doubled. Heat the oven as hot as it will go, with a heavy
        pot inside. When you drop the dough into the pot and close the lid, the steam that leaves the dough keeps its skin soft, so
        that the loaf can rise before the crust sets. After twenty-five minutes take the lid off and let it brown.

        Why does the moon always show us the same face? It turns on its axis, but exactly once for each time it goes around the
        earth. This is no accident. Long ago the moon spun faster. The earth's gravity pulled harder on the near side than on the
        far side and stretched the moon a little, and friction inside the stretched rock slowed the spin until the two motions
        matched. Most large moons in the solar system have been locked in the same way by the planets they belong to. The moon in
        turn slows the earth: our days grow longer by about two thousandths of a second in a century.

        The committee met on Tuesday to discuss the new library. Mr Okafor explained that the building would cost four million
        pounds, of which the council would pay half. Mrs Lindqvist asked whether the old library could not simply be repaired. The
        architect replied that the roof, the wiring and the heating were all at the end of their lives, and that repairs would cost
        almost as much as a new building without giving a single additional shelf. After a long discussion the committee agreed, by
        seven votes to two, to ask three firms for plans. The next meeting will be held on the ninth of March.

        To find a word in a dictionary you do not begin at the first page. You open the book in the middle, look at the word there,
        and decide whether yours comes before it or after it. Then you do the same with the half that is left. Each step halves what
        remains to be searched, so a dictionary of sixty thousand words takes no more than sixteen steps. Computers use the same
        method, which is called binary search. It works only if the words are in order; in a heap of unsorted cards there is nothing
        better than to look at each of them in turn.

        When the letter came, Tom put it on the kitchen table and did not open it. He washed the plates. He fed the cat. He went out
        to look at the tomatoes, which did not need looking at. At last his daughter picked up the envelope, held it against the
        light, and laughed. "It's thin," she said. "Isn't thin bad?" "Thin used to be bad," said Tom. "Nowadays they send the good
        news by post and the bad news by telephone, because they are ashamed to write it down." She tore it open. It was an
        invitation to a wedding, and the bride was a woman he had taught to read when she was six years old.

        Rivers do not flow straight even on a flat plain. Any small bend grows, because the water on the outside of the bend runs
        faster and wears the bank away, while on the inside it runs slowly and drops the sand it carries. Over the years the bends
        swing wider until two of them almost touch; then, in a flood, the river breaks through the narrow neck and leaves the old
        loop behind as a lake in the shape of a horseshoe. From the air one can see a dozen such lakes beside a single river, each
        of them the mark of a course that it took before anyone was there to draw a map.

        If you want to learn an instrument as an adult, practise a little every day rather than a lot on Sundays. Ten minutes are
        enough at first. Play slowly, so slowly that you make no mistakes, because the hands learn whatever they do, the mistakes as
        well. Record yourself once a month; progress that is invisible from one day to the next is plain from one month to another.
        And choose music that you love. Nobody has ever kept up the violin for the sake of scales.
        """
}
