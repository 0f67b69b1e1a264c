/// What hostile peers do, to be pointed at one's own service.
module bowline.attack {
    requires transitive bowline.core;
    requires static transitive org.jspecify;

    exports bowline.attack;

    provides bowline.service.Command with
            bowline.attack.run.AttackCommand;
}
